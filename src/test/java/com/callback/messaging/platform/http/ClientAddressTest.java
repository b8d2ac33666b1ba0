package com.callback.messaging.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.platform.startup.StartFailure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** Who called is what our own proxies say, and nobody else. */
class ClientAddressTest {

  private static final String PROXY = "10.1.2.3";

  private final UnnamedProxies unnamed =
      new UnnamedProxies(Clock.systemUTC(), new SimpleMeterRegistry());

  private final ClientAddress behindProxies = behind("10.0.0.0/8", "2001:db8:f::/48");

  private ClientAddress behind(String... networks) {
    return new ClientAddress(List.of(networks), unnamed);
  }

  @Test
  void who_sends_for_three_others_and_is_not_named_is_a_proxy_that_should_be() {
    for (var visitor : List.of("198.51.100.1", "198.51.100.1", "198.51.100.2")) {
      behind().of(request(PROXY, visitor));
      assertThat(unnamed.addresses()).isEmpty();
    }
    behind().of(request(PROXY, "198.51.100.3"));
    assertThat(unnamed.addresses()).containsExactly(PROXY);
    assertThat(behind().isShared(request(PROXY, "198.51.100.4"))).isTrue();
    assertThat(behind().isShared(request("192.0.2.1", "198.51.100.4"))).isFalse();
    assertThat(new ProxiesHealth(unnamed).health().getDetails())
        .containsEntry("addresses", List.of(PROXY))
        .containsEntry("setting", "MESSAGING_HTTP_TRUSTED_PROXIES");
  }

  @Test
  void a_proxy_that_is_named_is_none_to_tell_of() {
    for (int i = 1; i < 9; i++) {
      behindProxies.of(request(PROXY, "198.51.100." + i));
    }
    assertThat(unnamed.addresses()).isEmpty();
    assertThat(new ProxiesHealth(unnamed).health().getStatus().getCode()).isEqualTo("UP");
  }

  @ParameterizedTest
  @ValueSource(strings = {"198.51.100.9", "198.51.100.9, 203.0.113.7", "unknown", ""})
  void what_a_caller_claims_is_nothing(String claimed) {
    assertThat(behindProxies.of(request("192.0.2.1", claimed))).isEqualTo("192.0.2.1");
    assertThat(behind().of(request(PROXY, claimed))).isEqualTo(PROXY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "203.0.113.7; 203.0.113.7",
        // What stands to the left of the first stranger was said by the stranger.
        "198.51.100.9, 203.0.113.7; 203.0.113.7",
        "127.0.0.1, 10.9.9.9, 203.0.113.7, 10.4.4.4; 203.0.113.7",
        "203.0.113.7:51234; 203.0.113.7",
        "[2001:db8::7]:443; 2001:db8:0:0:0:0:0:7",
        "2001:db8::7; 2001:db8:0:0:0:0:0:7",
        "::ffff:203.0.113.7; 203.0.113.7",
        "203.0.113.7, 2001:db8:f::1; 203.0.113.7",
        // All of them ours: the farthest.
        "10.7.7.7, 10.8.8.8; 10.7.7.7"
      })
  void the_last_address_that_is_none_of_our_proxies_called(String forwarded, String caller) {
    assertThat(behindProxies.of(request(PROXY, forwarded))).isEqualTo(caller);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown",
        "198.51.100.9, unknown",
        "198.51.100.9, ",
        "198.51.100.9, 999.1.1.1",
        "198.51.100.9, localhost",
        "198.51.100.9, 1.2.3",
        "198.51.100.9, fe80::1%eth0",
        "198.51.100.9, _hidden",
        "198.51.100.9, ::::"
      })
  void behind_garbage_nobody_is_believed(String forwarded) {
    assertThat(behindProxies.of(request(PROXY, forwarded))).isEqualTo(PROXY);
  }

  @Test
  void several_headers_are_one_list() {
    var request = request(PROXY, "198.51.100.9");
    request.addHeader("X-Forwarded-For", "203.0.113.7");
    assertThat(behindProxies.of(request)).isEqualTo("203.0.113.7");
  }

  @Test
  void the_other_header_is_not_read() {
    var request = request(PROXY, "203.0.113.7");
    request.addHeader("Forwarded", "for=198.51.100.9");
    assertThat(behindProxies.of(request)).isEqualTo("203.0.113.7");
  }

  @Test
  void a_subscriber_is_an_address_or_the_first_64_bits_of_one() {
    assertThat(behindProxies.networkOf(request("192.0.2.1", ""))).isEqualTo("192.0.2.1");
    assertThat(behindProxies.networkOf(request("2001:db8:1:2:aaaa::1", "")))
        .isEqualTo(behindProxies.networkOf(request("2001:db8:1:2:bbbb:0:0:2", "")))
        .isNotEqualTo(behindProxies.networkOf(request("2001:db8:1:3::1", "")))
        .isEqualTo("2001:db8:1:2:0:0:0:0/64");
    assertThat(behindProxies.networkOf(request("fe80:0:0:0:1:2:3:4%eth0", "")))
        .isEqualTo("fe80:0:0:0:0:0:0:0/64");
  }

  @Property(tries = 500)
  void any_header_leaves_an_address(@ForAll @StringLength(max = 60) String forwarded) {
    assertThat(behindProxies.of(request(PROXY, forwarded))).matches("[0-9a-f.:]+");
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy.example.com", "10.0.0.1/8", "10.0.0.0/33"})
  void a_wrong_network_stops_the_start(String network) {
    assertThatThrownBy(() -> behind(network))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("MESSAGING_HTTP_TRUSTED_PROXIES: ");
  }

  private static MockHttpServletRequest request(String from, String forwarded) {
    var request = new MockHttpServletRequest();
    request.setRemoteAddr(from);
    request.addHeader("X-Forwarded-For", forwarded);
    return request;
  }
}
