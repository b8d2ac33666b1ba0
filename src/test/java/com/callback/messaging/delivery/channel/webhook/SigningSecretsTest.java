package com.callback.messaging.delivery.channel.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Base64;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningSecretsTest {

  @Test
  void a_new_secret_holds_32_bytes_and_can_be_used() {
    var secret = SigningSecrets.generate();

    assertThat(secret).startsWith("whsec_");
    assertThat(Base64.getDecoder().decode(secret.substring("whsec_".length()))).hasSize(32);
    assertThatCode(() -> SigningSecrets.parse(secret)).doesNotThrowAnyException();
  }

  @Test
  void no_two_new_secrets_are_the_same() {
    assertThat(IntStream.range(0, 1000).mapToObj(i -> SigningSecrets.generate()))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 32, 64})
  void keys_of_24_to_64_bytes_are_taken(int bytes) {
    assertThatCode(() -> SigningSecrets.parse("whsec_" + base64(bytes))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 23, 65, 200})
  void keys_of_another_length_are_refused_with_the_length_that_they_have(int bytes) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SigningSecrets.parse("whsec_" + base64(bytes)))
        .withMessageContaining("24 to 64 bytes")
        .withMessageContaining("holds " + bytes + ".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"whsk_", "whpk_"})
  void an_ed25519_key_of_another_length_is_refused(String prefix) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SigningSecrets.parse(prefix + base64(33)))
        .withMessageContaining("holds 33.");
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = " ")
  void a_missing_secret_is_named_as_such(String secret) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SigningSecrets.parse(secret))
        .withMessageContaining("empty");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "whsec_hunter2*hunter2*hunter2*hunter2",
        "hunter2 with words that are not base64",
        "whsec_aHVudGVyMg==",
        "whsk_aHVudGVyMg==",
        "whpk_hunter2!"
      })
  void no_refusal_reveals_the_secret(String secret) {
    var refusal = catchThrowable(() -> SigningSecrets.parse(secret));

    assertThat(refusal).isInstanceOf(IllegalArgumentException.class).hasNoCause();
    assertThat(refusal.getMessage()).doesNotContain("hunter2", "aHVudGVyMg");
  }

  @Test
  void surrounding_blanks_of_a_copied_secret_do_no_harm() {
    var content = new byte[] {1};

    assertThat(SigningSecrets.parse(" " + Vectors.SECRET + "\n").sign(content))
        .isEqualTo(SigningSecrets.parse(Vectors.SECRET).sign(content));
  }

  private static String base64(int bytes) {
    return Base64.getEncoder().encodeToString(new byte[bytes]);
  }
}
