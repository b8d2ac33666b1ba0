package com.callback.messaging.delivery.channel.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.platform.secrets.Seal;
import com.callback.messaging.platform.secrets.Seals;
import com.callback.messaging.platform.startup.StartFailure;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The address of a conversation leads to it, and no other address does. */
class ReplyAddressesTest {

  private static final UUID LEAD = UUID.fromString("0199b2c4-6f3a-7c31-8f52-3d7a9be01c55");

  private final ReplyAddresses addresses = with("reply@reply.example.com", Seals.of("old"));

  @Test
  void an_address_leads_to_its_conversation_in_either_case() {
    var address = addresses.of(LEAD).getAddress();
    assertThat(address).matches("reply\\+[0-9a-z]{41}@reply\\.example\\.com");
    assertThat(address.indexOf('@')).as("RFC 5321").isLessThanOrEqualTo(64);
    assertThat(addresses.lead(address)).contains(LEAD);
    assertThat(addresses.lead(address.toUpperCase(Locale.ROOT))).contains(LEAD);
  }

  @Test
  void every_lead_has_an_address_of_its_own() {
    assertThat(
            Stream.of(new UUID(0, 0), new UUID(-1, -1), new UUID(0, 1), UUID.randomUUID())
                .allMatch(
                    each -> addresses.lead(addresses.of(each).getAddress()).get().equals(each)))
        .isTrue();
  }

  @Test
  void an_address_of_an_earlier_key_is_known_while_that_is_listed() {
    var address = addresses.of(LEAD).getAddress();
    assertThat(with("reply@reply.example.com", Seals.of("new", "old")).lead(address))
        .contains(LEAD);
    assertThat(with("reply@reply.example.com", Seals.of("new")).lead(address)).isEmpty();
  }

  @Test
  void an_address_with_one_character_changed_is_forged() {
    var address = addresses.of(LEAD).getAddress();
    for (var i = 6; i < 47; i++) {
      var other = address.charAt(i) == 'a' ? 'b' : 'a';
      var forged = address.substring(0, i) + other + address.substring(i + 1);
      assertThat(addresses.hasToken(forged)).isTrue();
      assertThat(addresses.lead(forged)).as("changed at %d", i).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reply@reply.example.com",
        "reply+x@reply.example.com",
        "other+00000000000000000000000000000000000000000@reply.example.com",
        "reply+00000000000000000000000000000000000000000@reply-example.com"
      })
  void any_other_address_has_no_token(String address) {
    assertThat(addresses.hasToken(address)).isFalse();
    assertThat(addresses.lead(address)).isEmpty();
  }

  @Test
  void without_a_setting_there_is_no_address() {
    var off = with("", Seals.of("old"));
    assertThat(off.isOn()).isFalse();
    assertThat(off.of(LEAD)).isNull();
    assertThat(off.lead(addresses.of(LEAD).getAddress())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"reply", "re+ply@example.com", "a-name-that-is-far-too-long@example.com"})
  void an_address_that_cannot_be_extended_stops_the_start(String address) {
    assertThatThrownBy(() -> with(address, Seals.of("old")))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("set CHANNELS_EMAIL_INBOUND_ADDRESS");
  }

  private static ReplyAddresses with(String address, Seal seal) {
    return new ReplyAddresses(new MailHeaders(), seal, address);
  }
}
