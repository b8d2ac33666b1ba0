package com.callback.messaging.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What is sealed is opened with its key, for what it belongs to, and in no other way. */
class SecretBoxTest {

  private static final String OLD = key((byte) 1);
  private static final String NEW = key((byte) 2);

  private final SecretBox box = box(OLD);

  @Property
  void whatever_is_sealed_is_opened_again(@ForAll String text) {
    var storable = text.replaceAll("\\p{Cs}", "");
    assertThat(box.open(box.seal(storable, "here"), "here")).isEqualTo(storable);
  }

  @Test
  void a_sealed_text_says_nothing_and_is_never_the_same() {
    assertThat(box.seal("whsec_secret", "here"))
        .startsWith("enc:v1:")
        .doesNotContain("secret")
        .isNotEqualTo(box.seal("whsec_secret", "here"));
  }

  @Test
  void it_is_not_opened_in_another_place_nor_when_it_was_changed() {
    var sealed = box.seal("whsec_secret", "subscription 1");
    assertThatThrownBy(() -> box.open(sealed, "subscription 2"))
        .isInstanceOf(UnknownKeyException.class);
    var changed = sealed.substring(0, sealed.length() - 6) + "AAAAA=";
    assertThatThrownBy(() -> box.open(changed, "subscription 1"))
        .isInstanceOf(UnknownKeyException.class);
    for (var garbage : List.of("enc:v1:", "enc:v1:x", "enc:v1:00000000:AA", sealed + "!")) {
      assertThatThrownBy(() -> box.open(garbage, "subscription 1"))
          .as(garbage)
          .isInstanceOf(UnknownKeyException.class)
          .hasMessageContaining("MESSAGING_SECRETS_PREVIOUS_KEYS");
    }
  }

  @Test
  void after_a_rotation_old_ones_are_opened_as_long_as_their_key_is_known() {
    var sealed = box.seal("whsec_secret", "here");
    var rotated = box(NEW, OLD);
    assertThat(rotated.open(sealed, "here")).isEqualTo("whsec_secret");
    assertThat(rotated.seal("other", "here")).startsWith(rotated.currentMark());
    assertThat(sealed).doesNotStartWith(rotated.currentMark());
    assertThatThrownBy(() -> box(NEW).open(sealed, "here")).isInstanceOf(UnknownKeyException.class);
  }

  @Test
  void what_was_never_sealed_is_given_as_it_is() {
    assertThat(box.open("whsec_plain", "here")).isEqualTo("whsec_plain");
  }

  @Test
  void a_signature_is_good_for_its_text_and_purpose_only() {
    var seal = seal(OLD);
    var signature = seal.sign("sign-in", "link 1");
    assertThat(seal.matches("sign-in", "link 1", signature)).isTrue();
    assertThat(seal.matches("sign-in", "link 2", signature)).isFalse();
    assertThat(seal.matches("invitation", "link 1", signature)).isFalse();
    assertThat(seal.matches("sign-in", "link 1", "")).isFalse();
    assertThat(seal(NEW, OLD).matches("sign-in", "link 1", signature)).isTrue();
    assertThat(seal(NEW).matches("sign-in", "link 1", signature)).isFalse();
  }

  /** RFC 5869, appendix A.1 and A.2. */
  @Test
  void keys_are_derived_as_the_standard_says() {
    var hex = HexFormat.of();
    var prk =
        MasterKey.hmac(
            hex.parseHex("000102030405060708090a0b0c"),
            hex.parseHex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"));
    assertThat(prk)
        .isEqualTo(
            hex.parseHex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"));
    assertThat(MasterKey.expanded(prk, hex.parseHex("f0f1f2f3f4f5f6f7f8f9"), 42))
        .isEqualTo(
            hex.parseHex(
                "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"));
  }

  @Test
  void a_new_key_seals_nothing_before_every_live_instance_can_open_it() {
    var keys = keys(NEW, OLD);
    var sealing = new SealingKey(keys);
    var rotating = new SecretBox(keys, sealing);
    var newId = sealing.ids().get(0);
    var oldId = sealing.ids().get(1);

    assertThat(rotating.currentMark()).as("nobody was looked at yet").contains(oldId);
    sealing.othersOpen(List.of(Set.of(oldId), Set.of(newId, oldId)));
    assertThat(rotating.currentMark()).as("one has the old key only").contains(oldId);
    assertThat(box(OLD).open(rotating.seal("whsec_secret", "here"), "here"))
        .isEqualTo("whsec_secret");
    assertThat(seal(OLD).matches("link", "1", new Seal(keys, sealing).sign("link", "1"))).isTrue();
    sealing.othersOpen(List.of(Set.of(newId, oldId)));
    assertThat(rotating.currentMark()).as("all have it").contains(newId);
  }

  private static SecretBox box(String... base64) {
    var keys = keys(base64);
    return new SecretBox(keys, alone(keys));
  }

  private static Seal seal(String... base64) {
    var keys = keys(base64);
    return new Seal(keys, alone(keys));
  }

  private static SealingKey alone(MasterKeys keys) {
    var sealing = new SealingKey(keys);
    sealing.othersOpen(List.of());
    return sealing;
  }

  private static MasterKeys keys(String... base64) {
    return new MasterKeys(Arrays.stream(base64).map(MasterKey::of).toList());
  }

  private static String key(byte fill) {
    var key = new byte[32];
    Arrays.fill(key, fill);
    return Base64.getEncoder().encodeToString(key);
  }
}
