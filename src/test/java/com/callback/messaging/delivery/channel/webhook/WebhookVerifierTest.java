package com.callback.messaging.delivery.channel.webhook;

import static com.callback.messaging.delivery.channel.webhook.Vectors.*;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.callback.messaging.support.StandardWebhooks;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookVerifierTest {

  private static final String BAD = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";

  private final WebhookVerifier verifier = verifierAt(TIMESTAMP);

  @Test
  void a_genuine_call_is_accepted() {
    assertThat(verifier.refusal(headers(SIGNATURE), BODY, SECRET)).isEmpty();
    assertThat(verifier.accepts(headers(SIGNATURE), BODY, SECRET)).isTrue();
  }

  @Test
  void a_call_that_the_official_library_signed_is_accepted() {
    var signature = StandardWebhooks.sign(ID, TIMESTAMP, new String(BODY, UTF_8), SECRET);
    assertThat(signature).isEqualTo(SIGNATURE);
    assertThat(verifier.refusal(headers(signature), BODY, SECRET)).isEmpty();
  }

  @Test
  void a_body_beyond_ascii_is_accepted_under_both_kinds_of_key() {
    var headers =
        headers(UTF8_ID, UTF8_TIMESTAMP, UTF8_SIGNATURE + " " + UTF8_ASYMMETRIC_SIGNATURE);
    var later = verifierAt(UTF8_TIMESTAMP);

    assertThat(later.refusal(headers, UTF8_BODY, UTF8_SECRET)).isEmpty();
    assertThat(later.refusal(headers, UTF8_BODY, PUBLIC_KEY)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {PUBLIC_KEY, KEY_PAIR})
  void an_asymmetric_signature_is_accepted_under_either_half(String key) {
    assertThat(verifier.refusal(headers(ASYMMETRIC_SIGNATURE), BODY, key)).isEmpty();
  }

  @Test
  void the_prefix_of_the_secret_may_be_left_out() {
    var bare = SECRET.substring("whsec_".length());

    assertThat(verifier.accepts(headers(SIGNATURE), BODY, bare)).isTrue();
  }

  @Test
  void header_names_may_be_spelt_in_any_case() {
    Map<String, Object> headers =
        Map.of("Webhook-Id", ID, "WEBHOOK-TIMESTAMP", TIMESTAMP, "webhook-Signature", SIGNATURE);

    assertThat(verifier.accepts(headers, BODY, SECRET)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
  void a_call_without_one_of_the_headers_is_refused(String name) {
    var headers = headers(SIGNATURE);

    headers.put(name, "");
    assertThat(verifier.refusal(headers, BODY, SECRET)).hasValueSatisfying(needed());
    headers.put(name, null);
    assertThat(verifier.refusal(headers, BODY, SECRET)).hasValueSatisfying(needed());
    headers.remove(name);
    assertThat(verifier.refusal(headers, BODY, SECRET)).hasValueSatisfying(needed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello", "1614265330.0", "+1614265330", "-1", "99999999999999999999"})
  void a_timestamp_that_is_not_in_seconds_is_refused(String timestamp) {
    var headers = headers(SIGNATURE);
    headers.put("webhook-timestamp", timestamp);

    assertThat(verifier.refusal(headers, BODY, SECRET))
        .hasValueSatisfying(why -> assertThat(why).contains("Unix seconds"));
  }

  @ParameterizedTest
  @ValueSource(longs = {-300, -1, 0, 1, 300})
  void a_clock_up_to_five_minutes_off_is_tolerated(long seconds) {
    assertThat(verifierAt(TIMESTAMP + seconds).accepts(headers(SIGNATURE), BODY, SECRET)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {-301, 301, 100_000_000})
  void a_call_from_more_than_five_minutes_away_is_refused(long seconds) {
    assertThat(verifierAt(TIMESTAMP + seconds).refusal(headers(SIGNATURE), BODY, SECRET))
        .hasValueSatisfying(why -> assertThat(why).contains("five minutes"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "invalid_signature",
        "v1,",
        "v1",
        ",",
        " ",
        "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "V1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1O",
        "v1,g0hM9SsE",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=x",
        "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        BAD
      })
  void anything_but_the_whole_signature_is_refused(String signature) {
    assertThat(verifier.accepts(headers(signature), BODY, SECRET)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1a,", "v1a,x", "v1a,hnO3f9T8Ytu9", "v1,hnO3f9T8Ytu9", "v1a"})
  void a_malformed_asymmetric_signature_is_refused(String signature) {
    assertThat(verifier.accepts(headers(signature), BODY, PUBLIC_KEY)).isFalse();
  }

  @Test
  void one_good_signature_among_others_is_enough() {
    var good = SIGNATURE;
    var list = String.join(" ", BAD, good.replace("v1,", "v2,"), BAD, "", "junk", good, BAD);

    assertThat(verifier.accepts(headers(list), BODY, SECRET)).isTrue();
  }

  @Test
  void an_empty_body_is_allowed() {
    var signature = new WebhookSigner().sign(ID, TIMESTAMP, new byte[0], List.of(SECRET));

    assertThat(verifier.accepts(headers(signature), new byte[0], SECRET)).isTrue();
    assertThat(verifier.accepts(headers(signature), null, SECRET)).isTrue();
  }

  @Test
  void a_changed_id_time_body_or_secret_is_noticed() {
    assertThat(verifier.accepts(headers("msg_other", TIMESTAMP, SIGNATURE), BODY, SECRET))
        .isFalse();
    assertThat(verifier.accepts(headers(ID, TIMESTAMP + 1, SIGNATURE), BODY, SECRET)).isFalse();
    assertThat(verifier.accepts(headers(SIGNATURE), "{}".getBytes(UTF_8), SECRET)).isFalse();
    assertThat(verifier.accepts(headers(SIGNATURE), BODY, SigningSecrets.generate())).isFalse();
  }

  @Test
  void after_a_rotation_both_the_old_and_the_new_secret_verify() {
    var added = SigningSecrets.generate();
    var headers = headers(new WebhookSigner().sign(ID, TIMESTAMP, BODY, List.of(added, SECRET)));

    assertThat(verifier.accepts(headers, BODY, added)).isTrue();
    assertThat(verifier.accepts(headers, BODY, SECRET)).isTrue();
  }

  @Test
  void a_secret_that_cannot_be_used_is_the_receivers_mistake_not_the_callers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> verifier.accepts(headers(SIGNATURE), BODY, "whsec_short"));
  }

  @Property(tries = 200)
  void whatever_is_signed_verifies(@ForAll byte[] body) {
    var signature = new WebhookSigner().sign(ID, TIMESTAMP, body, List.of(SECRET));

    assertThat(verifier.accepts(headers(signature), body, SECRET)).isTrue();
  }

  @Property(tries = 200)
  void no_header_makes_the_check_fail_otherwise_than_by_refusal(
      @ForAll String id, @ForAll String timestamp, @ForAll String signature) {
    var headers = headers(id, TIMESTAMP, signature);
    assertThat(verifier.accepts(headers, BODY, PUBLIC_KEY)).isFalse();
    headers.put("webhook-timestamp", timestamp);
    assertThat(verifier.accepts(headers, BODY, SECRET)).isFalse();
  }

  private static WebhookVerifier verifierAt(long seconds) {
    return new WebhookVerifier(Clock.fixed(Instant.ofEpochSecond(seconds), UTC));
  }

  private static Consumer<String> needed() {
    return why -> assertThat(why).contains("all needed");
  }

  private static Map<String, Object> headers(String signature) {
    return headers(ID, TIMESTAMP, signature);
  }

  private static Map<String, Object> headers(String id, long timestamp, String signature) {
    return new HashMap<>(
        Map.of(
            "webhook-id", id,
            "webhook-timestamp", Long.toString(timestamp),
            "webhook-signature", signature));
  }
}
