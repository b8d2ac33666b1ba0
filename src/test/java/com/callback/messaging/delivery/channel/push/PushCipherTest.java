package com.callback.messaging.delivery.channel.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example of RFC 8291, appendix A, and what a browser can read again. */
class PushCipherTest {

  private static final byte[] BROWSER =
      bytes(
          "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
  private static final byte[] SECRET = bytes("BTBZMqHH6r4Tts7J_aSIgg");
  private static final KeyPair SENDER =
      new KeyPair(
          P256.publicKey(
              bytes(
                  "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8")),
          P256.privateKey(bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")));

  private final PushCipher cipher = new PushCipher();

  @Test
  void the_example_of_the_rfc_is_encrypted_to_the_same_bytes() {
    var body =
        cipher.encrypt(
            "When I grow up, I want to be a watermelon".getBytes(UTF_8),
            BROWSER,
            SECRET,
            SENDER,
            bytes("DGv6ra1nlYgDCS1FRnbzlw"));
    assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(body))
        .isEqualTo(
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
                + "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
  }

  @Test
  void a_browser_reads_what_was_encrypted_for_it() {
    var browser = new Browser();
    var text = "Ada \"The\" Čapek 🏠";
    var body = cipher.encrypt(text.getBytes(UTF_8), browser.publicKey(), browser.secret());
    assertThat(browser.read(body)).isEqualTo(text);
  }

  @Test
  void the_largest_text_makes_a_body_that_every_push_service_takes() {
    var browser = new Browser();
    var body = cipher.encrypt(new byte[PushCipher.MAX_TEXT], browser.publicKey(), browser.secret());
    assertThat(body).hasSize(4_096);
    assertThatThrownBy(
            () ->
                cipher.encrypt(
                    new byte[PushCipher.MAX_TEXT + 1], browser.publicKey(), browser.secret()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "BA",
        // Compressed.
        "AyVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcx",
        // The last bit of y is another.
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw8",
        // Zero.
        "BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void what_is_no_point_of_the_curve_is_refused(String key) {
    var bytes = bytes(key);
    assertThatThrownBy(() -> P256.publicKey(bytes)).isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] bytes(String base64) {
    return Base64.getUrlDecoder().decode(base64);
  }
}
