package com.callback.messaging.delivery.outbound;

import static com.callback.messaging.delivery.outbound.Rules.address;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses may be called where a customer says where to. */
class OutboundRulesTest {

  private final OutboundRules rules = Rules.production();

  /** First and last of each network, and its neighbours where those are public. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      textBlock =
          """
          0.0.0.0/8,        0.0.0.0,          0.255.255.255,     ,                 1.0.0.0
          10.0.0.0/8,       10.0.0.0,         10.255.255.255,    9.255.255.255,    11.0.0.0
          100.64.0.0/10,    100.64.0.0,       100.127.255.255,   100.63.255.255,   100.128.0.0
          127.0.0.0/8,      127.0.0.0,        127.255.255.255,   126.255.255.255,  128.0.0.0
          168.63.129.16/32, 168.63.129.16,    168.63.129.16,     168.63.129.15,    168.63.129.17
          169.254.0.0/16,   169.254.0.0,      169.254.255.255,   169.253.255.255,  169.255.0.0
          172.16.0.0/12,    172.16.0.0,       172.31.255.255,    172.15.255.255,   172.32.0.0
          192.0.0.0/24,     192.0.0.0,        192.0.0.255,       191.255.255.255,  192.0.1.0
          192.0.2.0/24,     192.0.2.0,        192.0.2.255,       192.0.1.255,      192.0.3.0
          192.88.99.0/24,   192.88.99.0,      192.88.99.255,     192.88.98.255,    192.88.100.0
          192.168.0.0/16,   192.168.0.0,      192.168.255.255,   192.167.255.255,  192.169.0.0
          198.18.0.0/15,    198.18.0.0,       198.19.255.255,    198.17.255.255,   198.20.0.0
          198.51.100.0/24,  198.51.100.0,     198.51.100.255,    198.51.99.255,    198.51.101.0
          203.0.113.0/24,   203.0.113.0,      203.0.113.255,     203.0.112.255,    203.0.114.0
          224.0.0.0/4,      224.0.0.0,        239.255.255.255,   223.255.255.255,
          240.0.0.0/4,      240.0.0.0,        255.255.255.255,   ,
          ::,               ::,               ::,                ,
          ::1,              ::1,              ::1,               ,
          64:ff9b::/96,     64:ff9b::,        64:ff9b::ffff:ffff, 64:ff9a:ffff:*,  64:ff9b:0:0:0:1::
          64:ff9b:1::/48,   64:ff9b:1::,      64:ff9b:1:ffff:*,  64:ff9b:0:ffff:*, 64:ff9b:2::
          100::/64,         100::,            100::ffff:ffff:ffff:ffff, ff:ffff:*, 100:0:0:1::
          2001::/23,        2001::,           2001:1ff:*,        2000:ffff:*,      2001:200::
          2001:db8::/32,    2001:db8::,       2001:db8:*,        2001:db7:*,       2001:db9::
          2002::/16,        2002::,           2002:*,            2001:ffff:*,      2003::
          3fff::/20,        3fff::,           3fff:fff:*,        3ffe:ffff:*,      3fff:1000::
          5f00::/16,        5f00::,           5f00:*,            5eff:ffff:*,      5f01::
          fc00::/7,         fc00::,           fdff:*,            fbff:ffff:*,      fe00::
          fe80::/10,        fe80::,           febf:*,            fe7f:ffff:*,
          fec0::/10,        fec0::,           feff:*,            ,
          ff00::/8,         ff00::,           ffff:*,            ,
          """)
  void a_private_or_reserved_network_is_refused_from_its_first_to_its_last(
      String network, String first, String last, String before, String after) {
    assertThat(rules.allowsAddress(address(filled(first)))).as("first").isFalse();
    assertThat(rules.allowsAddress(address(filled(last)))).as("last").isFalse();
    if (before != null) {
      assertThat(rules.allowsAddress(address(filled(before)))).as("the one before").isTrue();
    }
    if (after != null) {
      assertThat(rules.allowsAddress(address(filled(after)))).as("the one after").isTrue();
    }
  }

  /** A star stands for ones up to the end. */
  private static String filled(String address) {
    if (!address.endsWith("*")) {
      return address;
    }
    var groups = address.substring(0, address.length() - 2).split(":").length;
    var ones = new String[8 - groups];
    Arrays.fill(ones, "ffff");
    return address.substring(0, address.length() - 1) + String.join(":", ones);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::ffff:127.0.0.1",
        "::ffff:a00:1",
        "::ffff:169.254.169.254",
        "0:0:0:0:0:ffff:c0a8:1",
        "::127.0.0.1",
        "::ffff:0:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::8.8.8.8",
        "2002:7f00:1::",
        "2002:808:808::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "fe80::1%1",
        "fd00:ec2::254"
      })
  void an_ipv4_address_inside_an_ipv6_address_gains_nothing(String address) {
    assertThat(rules.allowsAddress(address(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1.1.1", "93.184.216.34", "::ffff:8.8.8.8", "2606:4700::1111"})
  void a_public_address_may_be_called(String address) {
    assertThat(rules.allowsAddress(address(address))).isTrue();
  }

  @Test
  void sixteen_bytes_of_a_mapped_address_are_the_address_they_map() throws UnknownHostException {
    var bytes = new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 1};
    assertThat(rules.allowsAddress(InetAddress.getByAddress(bytes))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.0.0/16, 10.1.0.0, true",
    "10.1.0.0/16, 10.1.255.255, true",
    "10.1.0.0/16, 10.0.255.255, false",
    "10.1.0.0/16, 10.2.0.0, false",
    "10.1.0.0/16, ::ffff:10.1.0.1, true",
    "10.1.2.3, 10.1.2.3, true",
    "10.1.2.3, 10.1.2.4, false",
    "fd12:3456::/48, fd12:3456::1, true",
    "fd12:3456::/48, fd12:3457::1, false",
    "::1, ::1, false",
    "::/0, 10.0.0.1, false",
    "0.0.0.0/0, 10.0.0.1, true"
  })
  void an_operator_opens_a_private_network_on_purpose(
      String network, String address, boolean isOpen) {
    assertThat(Rules.allowing(network).allowsAddress(address(address))).isEqualTo(isOpen);
  }

  @ParameterizedTest
  @CsvSource({
    "64:ff9b::/96, 64:ff9b::808:808, true",
    "64:ff9b::/96, 64:ff9b::7f00:1, false",
    "64:ff9b::/96, 64:ff9b::a00:1, false",
    "2002::/16, 2002:a00:1::1, false",
    "2002::/16, 2002:808:808::1, true"
  })
  void where_nat64_or_6to4_is_opened_the_address_inside_is_checked(
      String network, String address, boolean isOpen) {
    assertThat(Rules.allowing(network).allowsAddress(address(address))).isEqualTo(isOpen);
  }

  @Test
  void the_loopback_of_ipv6_is_opened_with_the_ipv4_address_it_reads_as() {
    assertThat(Rules.allowing("::1", "0.0.0.1").allowsAddress(address("::1"))).isTrue();
  }

  @Test
  void the_sandbox_is_one_port_of_one_address_and_only_while_it_is_there() {
    assertThat(Rules.development().isSandbox("127.0.0.1", Rules.SANDBOX_PORT)).isTrue();
    assertThat(Rules.development().isSandbox("127.0.0.1", 5432)).isFalse();
    assertThat(Rules.development().isSandbox("localhost", Rules.SANDBOX_PORT)).isFalse();
    assertThat(Rules.production().isSandbox("127.0.0.1", Rules.SANDBOX_PORT)).isFalse();
    assertThat(Rules.development().allowsAddress(address("127.0.0.1"))).isFalse();
  }
}
