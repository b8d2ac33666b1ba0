package com.callback.messaging.delivery.channel.email.sendgrid;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.platform.startup.StartFailure;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventSignatureTest {

  static List<SignedBatch> batches() {
    return List.of(SignedBatch.DROPPED, SignedBatch.BLOCKED);
  }

  @ParameterizedTest
  @MethodSource("batches")
  void a_batch_of_sendgrid_is_genuine(SignedBatch batch) {
    assertThat(matches(batch, batch.body())).isTrue();
  }

  @ParameterizedTest
  @MethodSource("batches")
  void a_batch_that_was_parsed_and_written_again_is_not(SignedBatch batch) throws IOException {
    var json = new ObjectMapper();
    assertThat(matches(batch, json.writeValueAsBytes(json.readTree(batch.body())))).isFalse();
  }

  @ParameterizedTest
  @MethodSource("batches")
  void a_batch_with_other_line_ends_is_not(SignedBatch batch) {
    var text = new String(batch.body(), UTF_8);
    assertThat(matches(batch, text.replace("\r\n", "\n").getBytes(UTF_8))).isFalse();
    assertThat(matches(batch, Arrays.copyOf(batch.body(), batch.body().length - 2))).isFalse();
  }

  @ParameterizedTest
  @MethodSource("batches")
  void another_timestamp_key_or_signature_does_not_match(SignedBatch batch) {
    var later = String.valueOf(Long.parseLong(batch.timestamp()) + 1);
    assertThat(signature(batch).matches(batch.signature(), later, batch.body())).isFalse();
    assertThat(
            new EventSignature("channels.email.sendgrid.", SignedBatch.OTHER_KEY)
                .matches(batch.signature(), batch.timestamp(), batch.body()))
        .isFalse();
    for (var wrong : List.of(SignedBatch.OTHER_SIGNATURE, "", "%", "MEUC", "AAAA")) {
      assertThat(signature(batch).matches(wrong, batch.timestamp(), batch.body()))
          .as(wrong)
          .isFalse();
    }
  }

  @Test
  void a_key_may_have_the_lines_of_pem_around_it() {
    var batch = SignedBatch.DROPPED;
    var pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + batch.publicKey().substring(0, 64)
            + "\n"
            + batch.publicKey().substring(64)
            + "\n-----END PUBLIC KEY-----\n";
    assertThat(
            new EventSignature("channels.email.sendgrid.", pem)
                .matches(batch.signature(), batch.timestamp(), batch.body()))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "SG.abc.def", "AAAA", "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE"})
  void what_is_no_key_stops_the_start(String key) {
    assertThatThrownBy(() -> new EventSignature("channels.email.sendgrid.", key))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("CHANNELS_EMAIL_SENDGRID_EVENTS_KEY");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void a_key_of_another_kind_stops_the_start(String algorithm) throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(algorithm.equals("EC") ? 384 : 1024);
    var key =
        Base64.getEncoder().encodeToString(generator.generateKeyPair().getPublic().getEncoded());
    assertThatThrownBy(() -> new EventSignature("channels.email.sendgrid.", key))
        .isInstanceOf(StartFailure.class);
  }

  private static boolean matches(SignedBatch batch, byte[] body) {
    return signature(batch).matches(batch.signature(), batch.timestamp(), body);
  }

  private static EventSignature signature(SignedBatch batch) {
    return new EventSignature("channels.email.sendgrid.", batch.publicKey());
  }
}
