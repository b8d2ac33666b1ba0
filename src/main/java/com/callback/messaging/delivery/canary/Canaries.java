package com.callback.messaging.delivery.canary;

import com.callback.messaging.platform.startup.OperatingMode;
import com.callback.messaging.platform.startup.StartFailure;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.ArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Posts canaries to this service, and keeps how the last one did, as metrics and for health. */
@Component
public class Canaries {

  private static final Logger LOG = LoggerFactory.getLogger(Canaries.class);
  private static final Duration IN_PRODUCTION = Duration.ofMinutes(5);

  /**
   * A canary that is to be posted.
   *
   * @param body JSON, as a server posts it
   */
  public record Post(String id, String body) {}

  /**
   * What the intake responded.
   *
   * @param message the id of the stored lead; null where none was accepted
   */
  public record Response(String message, String text) {}

  private final Environment environment;
  private final Duration every;
  private final String rules;
  private final ObjectMapper json = new JsonMapper();
  private final MultiGauge seconds;
  private volatile JsonNode seen = MissingNode.getInstance();

  Canaries(
      CanarySettings settings,
      OperatingMode mode,
      Environment environment,
      MeterRegistry metrics,
      @Value("${messaging.operator-email}") String operator) {
    this.environment = environment;
    this.every = every(settings, mode);
    if (!every.isZero() && settings.within().compareTo(every) >= 0) {
      throw new StartFailure(
          "A canary must end before the next one begins: set MESSAGING_CANARY_WITHIN to less than MESSAGING_CANARY_EVERY, which is %ds."
              .formatted(every.toSeconds()));
    }
    if (!operator.isBlank() && !CanarySettings.isAddress(operator.strip())) {
      throw new StartFailure(
          "messaging.operator-email is no e-mail address: set MESSAGING_OPERATOR_EMAIL to one, such as operator@example.com.");
    }
    this.rules = rules(settings, operator.strip());
    this.seconds =
        MultiGauge.builder("messaging.canary")
            .description("How long the last canary took to each channel")
            .baseUnit("seconds")
            .register(metrics);
    Gauge.builder("messaging.canary.failed", this, canaries -> canaries.hasFailed() ? 1 : 0)
        .description("1 while the last canary has not arrived in time")
        .register(metrics);
  }

  private static Duration every(CanarySettings settings, OperatingMode mode) {
    if (settings.every() != null) {
      return settings.every();
    }
    return mode == OperatingMode.PRODUCTION && settings.hasTarget() ? IN_PRODUCTION : Duration.ZERO;
  }

  private String rules(CanarySettings settings, String operator) {
    var node =
        json.createObjectNode()
            .put("everySeconds", every.toSeconds())
            .put("timeoutSeconds", settings.within().toSeconds())
            .put("smsEverySeconds", settings.smsEvery().toSeconds())
            .put("email", orNull(settings.email()))
            .put("sms", orNull(settings.sms()))
            .put("webhook", orNull(settings.webhook()))
            .put("funnel", orNull(settings.funnel()))
            .put("operator", orNull(operator));
    return node.toString();
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /** Whether canaries are sent at all. */
  public boolean isOn() {
    return !every.isZero();
  }

  /** What {@code run_canary()} goes by, as JSON. */
  public String rules() {
    return rules;
  }

  /** The address of the intake of this instance, as other machines would use it. */
  public String url() {
    var port = environment.getProperty("local.server.port", "8080");
    var address = environment.getProperty("server.address", "");
    var host = address.isBlank() || address.equals("0.0.0.0") ? "127.0.0.1" : address;
    return "http://"
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + port
        + "/api/messages";
  }

  /**
   * Takes what {@code run_canary()} gives; logs an outage when it begins and when it is over.
   *
   * @return the canary that is to be posted; null where none is due
   */
  public Post saw(String state) {
    var before = seen;
    var now = read(state);
    seen = now;
    for (var trouble : new String[] {"problem", "missing"}) {
      var text = now.path(trouble).asText();
      if (!text.isEmpty() && !text.equals(before.path(trouble).asText())) {
        LOG.error(
            "Canary: {}",
            trouble.equals("problem") ? text : "the step \"" + text + "\" is missing");
      }
    }
    if (hasFailed(before) && !hasFailed(now)) {
      LOG.info("Canary: it arrives again");
    }
    var rows = new ArrayList<Row<?>>();
    now.path("seconds")
        .properties()
        .forEach(
            each ->
                rows.add(Row.of(Tags.of("channel", each.getKey()), each.getValue().asDouble())));
    seconds.register(rows, true);
    var post = now.path("post");
    return post.isMissingNode()
        ? null
        : new Post(post.path("id").asText(), post.path("body").toString());
  }

  /**
   * Reads what the intake responded.
   *
   * @param status null where there was no response
   */
  public Response response(Integer status, String body) {
    var id = status != null && status == 202 ? read(body).path("id").textValue() : null;
    return new Response(id, status == null ? null : "HTTP " + status);
  }

  /** What was seen last; a missing node before the first look. */
  JsonNode seen() {
    return seen;
  }

  boolean hasFailed() {
    return hasFailed(seen);
  }

  private static boolean hasFailed(JsonNode state) {
    return state.has("problem") || state.has("missing");
  }

  private JsonNode read(String text) {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A canary's state or response is no JSON", e);
    }
  }
}
