package com.callback.messaging.delivery.channel.webhook;

import static com.callback.messaging.delivery.channel.webhook.Vectors.*;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignerTest {

  private final WebhookSigner signer = new WebhookSigner();

  @Test
  void a_shared_secret_gives_the_signature_of_the_official_libraries() {
    assertThat(signer.sign(ID, TIMESTAMP, BODY, List.of(SECRET))).isEqualTo(SIGNATURE);
  }

  @Test
  void a_key_pair_gives_the_published_signature() {
    assertThat(signer.sign(ID, TIMESTAMP, BODY, List.of(KEY_PAIR))).isEqualTo(ASYMMETRIC_SIGNATURE);
  }

  @Test
  void a_receiver_with_the_official_library_takes_what_is_signed() throws Exception {
    var now = Instant.now().getEpochSecond();
    for (var body : List.of(BODY, UTF8_BODY, new byte[0])) {
      var secret = SigningSecrets.generate();
      var signatures = signer.sign(ID, now, body, List.of(SECRET, KEY_PAIR, secret));
      var headers =
          Map.of(
              "webhook-id", List.of(ID),
              "webhook-timestamp", List.of(Long.toString(now)),
              "webhook-signature", List.of(signatures));
      for (var theirs : List.of(SECRET, secret)) {
        new Webhook(theirs).verify(new String(body, UTF_8), headers);
      }
      assertThatExceptionOfType(WebhookVerificationException.class)
          .isThrownBy(
              () ->
                  new Webhook(SigningSecrets.generate()).verify(new String(body, UTF_8), headers));
    }
  }

  @Test
  void a_body_beyond_ascii_is_signed_as_its_bytes() {
    assertThat(UTF8_BODY).hasSize(102);
    assertThat(signer.sign(UTF8_ID, UTF8_TIMESTAMP, UTF8_BODY, List.of(UTF8_SECRET)))
        .isEqualTo(UTF8_SIGNATURE);
    assertThat(signer.sign(UTF8_ID, UTF8_TIMESTAMP, UTF8_BODY, List.of(KEY_PAIR)))
        .isEqualTo(UTF8_ASYMMETRIC_SIGNATURE);
  }

  @Test
  void the_prefix_of_a_shared_secret_may_be_left_out() {
    var bare = SECRET.substring("whsec_".length());

    assertThat(signer.sign(ID, TIMESTAMP, BODY, List.of(bare))).isEqualTo(SIGNATURE);
  }

  @Test
  void during_a_rotation_each_secret_signs_in_the_order_given() {
    var old = SigningSecrets.generate();

    assertThat(signer.sign(ID, TIMESTAMP, BODY, List.of(SECRET, old, KEY_PAIR)).split(" "))
        .containsExactly(
            SIGNATURE, signer.sign(ID, TIMESTAMP, BODY, List.of(old)), ASYMMETRIC_SIGNATURE);
  }

  @Test
  void an_empty_body_is_signed_too() {
    assertThat(signer.sign(ID, TIMESTAMP, new byte[0], List.of(SECRET))).startsWith("v1,");
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"a.b", "a b", "a\nb", "é"})
  void an_id_that_blurs_the_signed_text_or_breaks_the_header_is_refused(String id) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> signer.sign(id, TIMESTAMP, BODY, List.of(SECRET)))
        .withMessageContaining("webhook id");
  }

  @Test
  void without_a_secret_nothing_is_signed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> signer.sign(ID, TIMESTAMP, BODY, List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> signer.sign(ID, TIMESTAMP, BODY, null));
  }

  @Test
  void a_time_before_1970_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> signer.sign(ID, -1, BODY, List.of(SECRET)));
  }

  @Test
  void a_public_key_does_not_sign() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> signer.sign(ID, TIMESTAMP, BODY, List.of(PUBLIC_KEY)))
        .withMessageContaining("only verifies");
  }
}
