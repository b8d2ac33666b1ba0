package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.MovableClock;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

/** How providers do, as this instance shows it: by metrics, and to the API. */
class ProviderHealthTest {

  private final MovableClock clock = new MovableClock();
  private final ObjectMapper json = JsonMapper.builder().findAndAddModules().build();
  private final Hosts hosts = Burdens.hosts(clock);
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Channels channels =
      new Channels(
          new MockEnvironment()
              .withProperty("channels.sms.providers", "first,second")
              .withProperty("channels.email.providers", "only")
              .withProperty("channels.webhook.providers", "http"));
  private final ProviderHealth health = new ProviderHealth(channels, hosts, metrics, json, clock);
  private final Providers providers = new Providers(channels, hosts, health);

  @Test
  void all_providers_of_the_operator_are_shown_in_the_order_of_their_use() throws Exception {
    assertThat(shown())
        .extracting(each -> each.get("provider").asText() + " " + each.get("state").asText())
        .containsExactly("only unknown", "first unknown", "second unknown");
  }

  @Test
  void a_provider_that_fails_is_down_with_its_breaker_open() throws Exception {
    for (int i = 0; i < 4; i++) {
      providers.note("sms", "first", Burdens.request("temporary", null, 20));
    }
    providers.note("sms", "second", Burdens.request("accepted", 202, 40));

    assertThat(provider("first").get("state").asText()).isEqualTo("down");
    assertThat(provider("first").get("downSince").asText()).isEqualTo("1970-01-01T00:00:00Z");
    assertThat(provider("first").get("successRate").asDouble()).isZero();
    assertThat(provider("first").get("breaker").asText()).isEqualTo("open");
    assertThat(provider("second").get("state").asText()).isEqualTo("up");
    assertThat(provider("second").get("averageMs").asInt()).isEqualTo(40);
    assertThat(provider("second").get("breaker").asText()).isEqualTo("closed");
    assertThat(gauge("messaging.provider.down", "first")).isOne();
    assertThat(gauge("messaging.provider.breaker.open", "first")).isOne();
    assertThat(gauge("messaging.provider.down", "second")).isZero();
    assertThat(gauge("messaging.provider.breaker.open", "second")).isZero();

    clock.advance(Burdens.REST.plusSeconds(1));
    providers.choose(Burdens.delivery("sms", 1));
    assertThat(provider("first").get("breaker").asText()).isEqualTo("half-open");
  }

  @Test
  void a_channel_is_down_when_all_of_its_providers_are() {
    for (int i = 0; i < 4; i++) {
      providers.note("sms", "first", Burdens.request("temporary", null, 20));
    }
    assertThat(health.downSince("sms")).isEmpty();
    var since = clock.instant();
    var late = new RequestRecord(since, 20, "temporary", null, null, null, true);
    for (int i = 0; i < 4; i++) {
      providers.note("sms", "second", List.of(late));
    }
    assertThat(health.downSince("sms")).contains(since);
    assertThat(health.downSince("email")).isEmpty();
    assertThat(health.downSince("webhook")).isEmpty();
  }

  @Test
  void the_only_provider_of_a_channel_has_no_breaker() throws Exception {
    for (int i = 0; i < 4; i++) {
      providers.note("email", "only", Burdens.request("temporary", null, 20));
    }
    assertThat(provider("only").get("state").asText()).isEqualTo("down");
    assertThat(provider("only").get("breaker").isNull()).isTrue();
  }

  @Test
  void requests_are_counted_by_outcome_those_of_webhooks_too() throws Exception {
    providers.note("webhook", "http", Burdens.request("accepted", 200, 30));
    providers.note("webhook", "http", Burdens.request("temporary", 500, 50));
    providers.note("email", "only", Burdens.request("permanent", 550, 70));

    assertThat(timer("webhook", "accepted")).isEqualTo(30);
    assertThat(timer("webhook", "temporary")).isEqualTo(50);
    assertThat(timer("email", "permanent")).isEqualTo(70);
    assertThat(shown()).noneMatch(each -> each.get("channel").asText().equals("webhook"));
  }

  @Test
  void the_report_of_an_instance_is_understood_by_another_that_serves_less() throws Exception {
    for (int i = 0; i < 4; i++) {
      providers.note("sms", "first", Burdens.request("temporary", null, 20));
    }
    var mailsOnly =
        new Channels(new MockEnvironment().withProperty("channels.email.providers", "only"));
    var other = Burdens.health(mailsOnly, Burdens.hosts(clock), clock);

    other.saw("[{\"id\":\"x\",\"providers\":" + health.report() + "},{\"id\":\"older\"}]");
    var shown = json.readTree(other.shown()).get("providers");
    assertThat(shown.findValuesAsText("provider")).containsExactly("only", "first", "second");
    assertThat(shown.at("/1/state").asText()).isEqualTo("down");
    assertThat(shown.at("/1/breaker").asText()).isEqualTo("open");

    other.saw("[]");
    assertThat(json.readTree(other.shown()).get("providers")).hasSize(1);
  }

  private JsonNode shown() throws JsonProcessingException {
    return json.readTree(health.shown()).get("providers");
  }

  private JsonNode provider(String name) throws JsonProcessingException {
    return StreamSupport.stream(shown().spliterator(), false)
        .filter(each -> each.get("provider").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private double gauge(String name, String provider) {
    return metrics.get(name).tag("provider", provider).gauge().value();
  }

  private double timer(String channel, String outcome) {
    return metrics
        .get("messaging.provider.requests")
        .tag("channel", channel)
        .tag("outcome", outcome)
        .timer()
        .totalTime(java.util.concurrent.TimeUnit.MILLISECONDS);
  }
}
