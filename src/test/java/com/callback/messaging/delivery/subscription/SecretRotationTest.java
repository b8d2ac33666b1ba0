package com.callback.messaging.delivery.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.FarEnd;
import com.callback.messaging.support.FarEnd.Call;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import com.callback.messaging.support.StandardWebhooks;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * A receiver with either secret believes us until the overlap is over, and then with the new one.
 */
@ServiceTest
class SecretRotationTest {

  @Autowired Service service;
  @Autowired MovableClock clock;

  FarEnd receiver;
  Subscriber subscriber;
  JsonNode subscription;
  String first;

  @BeforeEach
  void a_subscription() {
    receiver = new FarEnd();
    subscriber = new Subscriber(service, service.businessWithoutChannels());
    subscription = subscriber.subscribe(receiver.url());
    first = subscription.get("secret").asText();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void during_the_overlap_both_secrets_verify_and_after_it_only_the_new_one() {
    assertThat(verifies(nextCall(), first)).isTrue();

    var rotated = rotate(Map.of("overlap", "PT2H"));
    var second = rotated.get("secret").asText();
    assertThat(second).isNotEqualTo(first);
    assertThat(rotated.at("/secrets/0/expiresAt").isNull()).isTrue();
    assertThat(rotated.at("/secrets/1/expiresAt").isTextual()).isTrue();

    var during = nextCall();
    assertThat(verifies(during, first)).isTrue();
    assertThat(verifies(during, second)).isTrue();
    assertThat(during.headers().get("webhook-signature").split(" ")).hasSize(2);

    clock.advance(Duration.ofHours(2).plusSeconds(1));
    var after = nextCall();
    assertThat(verifies(after, first)).isFalse();
    assertThat(verifies(after, second)).isTrue();
    assertThat(subscriber.ask(200, "GET", Subscriber.path(subscription), null).get("secrets"))
        .hasSize(1);
  }

  @Test
  void without_an_overlap_the_old_secret_ends_at_once() {
    var second = rotate(Map.of("overlap", 0)).get("secret").asText();
    var call = nextCall();
    assertThat(verifies(call, first)).isFalse();
    assertThat(verifies(call, second)).isTrue();
  }

  @Test
  void a_day_is_the_usual_overlap() {
    for (var body : new Object[] {null, Map.of()}) {
      var old = rotate(body).at("/secrets/1");
      assertThat(java.time.Instant.parse(old.get("expiresAt").asText()))
          .isBetween(
              clock.instant().plus(Duration.ofHours(23)), clock.instant().plus(Duration.ofDays(1)));
    }
  }

  @Test
  void a_later_rotation_does_not_prolong_what_was_to_end() {
    rotate(Map.of("overlap", 1));
    rotate(Map.of("overlap", 168));
    clock.advance(Duration.ofMinutes(61));
    assertThat(verifies(nextCall(), first)).isFalse();
  }

  @Test
  void the_eleventh_old_secret_is_refused_unless_the_others_end() {
    for (int each = 0; each < 10; each++) {
      rotate(Map.of("overlap", "P7D"));
    }
    assertThat(nextCall().headers().get("webhook-signature").split(" ")).hasSize(11);

    subscriber.ask(409, "POST", Subscriber.path(subscription) + "/rotate-secret", null);
    assertThat(nextCall().headers().get("webhook-signature").split(" ")).hasSize(11);

    assertThat(rotate(Map.of("overlap", "PT0S")).get("secrets")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"overlap\":-1}",
        "{\"overlap\":169}",
        "{\"overlap\":1.5}",
        "{\"overlap\":null}",
        "{\"overlap\":\"P8D\"}",
        "{\"overlap\":\"PT-1H\"}",
        "{\"overlap\":\"P\"}",
        "{\"overlap\":\"PT\"}",
        "{\"overlap\":\"PT99999999999999999999H\"}",
        "{\"overlap\":\"a day\"}"
      })
  void another_overlap_is_refused(String body) {
    var problem =
        subscriber.ask(400, "POST", Subscriber.path(subscription) + "/rotate-secret", body);
    assertThat(problem.at("/errors/0/field").asText()).isEqualTo("overlap");
    assertThat(problem.at("/errors/0/detail").asText()).contains("PT0S to P7D");
  }

  private JsonNode rotate(Object body) {
    return subscriber.ask(200, "POST", Subscriber.path(subscription) + "/rotate-secret", body);
  }

  private Call nextCall() {
    var before = receiver.calls().size();
    subscriber.lead();
    await().until(() -> receiver.calls().size() > before);
    return receiver.calls().get(before);
  }

  private boolean verifies(Call call, String secret) {
    return StandardWebhooks.accept(call.headers(), call.body(), secret);
  }
}
