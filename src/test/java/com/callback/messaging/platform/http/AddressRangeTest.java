package com.callback.messaging.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

class AddressRangeTest {

  /** Where the second is true no more, the library may take over (docs/decisions/0022). */
  @ParameterizedTest
  @CsvSource({"32.0.0.0/8, 2001::1", "2001::/23, 32.1.0.5", "::/0, 10.0.0.1", "0.0.0.0/0, 2001::1"})
  void a_network_never_holds_an_address_of_the_other_kind_as_the_library_s_do(
      String network, String address) {
    assertThat(AddressRange.of(network).contains(AddressRange.literal(address).orElseThrow()))
        .isFalse();
    assertThat(new IpAddressMatcher(network).matches(address)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.128.0.0/9, 10.127.255.255, false",
    "10.128.0.0/9, 10.128.0.0, true",
    "fe80::/10, febf::1, true",
    "fe80::/10, fec0::1, false",
    "0.0.0.0/0, 255.255.255.255, true",
    "10.1.2.3, ::ffff:10.1.2.3, true"
  })
  void a_network_holds_its_own_addresses_to_the_last_bit(
      String network, String address, boolean isIn) {
    assertThat(AddressRange.of(network).contains(AddressRange.literal(address).orElseThrow()))
        .isEqualTo(isIn);
  }
}
