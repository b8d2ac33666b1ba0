package com.callback.messaging.delivery.channel.sms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * How the accounts of the SMS provider do, as {@code GET /v2/account} says. An account that refuses
 * its credentials does not stop the start: the service works without SMS, and says so.
 */
@Component("smsAccounts")
public class SmsAccounts implements HealthIndicator {

  private static final Logger LOG = LoggerFactory.getLogger(SmsAccounts.class);

  private static final Status REFUSED = new Status("REFUSED");
  private static final Status NO_CREDIT = new Status("NO_CREDIT");

  private static final String SWAPPED =
      "The SMS account \"%s\" refuses its credentials: check username and password. touchSMS labels the pair Access Token and Token ID; try the two values the other way round.";
  private static final String EMPTY =
      "The SMS account \"%s\" has no credit left, so no SMS are sent: top it up.";

  private final TouchSms touchSms;
  private final List<String> providers;
  private final ObjectMapper json;
  private final MultiGauge gauges;
  private final boolean isSandbox;
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();

  SmsAccounts(
      TouchSms touchSms,
      ObjectMapper json,
      MeterRegistry metrics,
      @Value("${channels.sms.providers}") List<String> providers,
      @Value("${messaging.embedded.sms}") boolean isSandbox) {
    this.touchSms = touchSms;
    this.providers = List.copyOf(providers);
    this.json = json;
    this.isSandbox = isSandbox;
    this.gauges =
        MultiGauge.builder("messaging.sms.credits")
            .description("Credits that are left at the SMS provider")
            .register(metrics);
  }

  /**
   * An account as it was seen last.
   *
   * @param credits null where it did not say
   */
  private record Seen(Status status, Double credits) {}

  /** The names of the accounts that are used; the sandbox is none. */
  public List<String> names() {
    return isSandbox
        ? List.of()
        : providers.stream().filter(name -> touchSms.accounts().containsKey(name)).toList();
  }

  /** Where an account tells about itself. */
  public String url(String name) {
    return touchSms.accounts().get(name).url() + "/v2/account";
  }

  /** The credentials that the request carries. */
  public String authorization(String name) {
    return touchSms.accounts().get(name).authorization();
  }

  /**
   * Takes the response; logs a trouble when it begins.
   *
   * @param status null where there was none
   */
  public void answered(String name, Integer status, String body) {
    var now = read(status, body);
    var before = seen.put(name, now);
    if (before == null || !before.status().equals(now.status())) {
      if (now.status().equals(REFUSED)) {
        LOG.error(SWAPPED.formatted(name));
      } else if (now.status().equals(NO_CREDIT)) {
        LOG.error(EMPTY.formatted(name));
      }
    }
    gauges.register(
        seen.entrySet().stream()
            .filter(each -> each.getValue().credits() != null)
            .<Row<?>>map(
                each -> Row.of(Tags.of("provider", each.getKey()), each.getValue().credits()))
            .toList(),
        true);
  }

  private Seen read(Integer status, String body) {
    if (status == null) {
      return new Seen(Status.UNKNOWN, null);
    }
    if (status == 401 || status == 403) {
      return new Seen(REFUSED, null);
    }
    var credits = status == 200 ? credits(body) : null;
    if (credits == null || !credits.isNumber()) {
      return new Seen(Status.UNKNOWN, null);
    }
    return new Seen(credits.doubleValue() > 0 ? Status.UP : NO_CREDIT, credits.doubleValue());
  }

  private JsonNode credits(String body) {
    try {
      return json.readTree(body).at("/data/credits");
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  @Override
  public Health health() {
    var worst = Status.UP;
    var details = new TreeMap<String, Object>();
    for (var each : seen.entrySet()) {
      var status = each.getValue().status();
      details.put(each.getKey(), status.getCode());
      if (status.equals(REFUSED) || status.equals(NO_CREDIT) && !worst.equals(REFUSED)) {
        worst = status;
      }
    }
    return Health.status(worst).withDetails(details).build();
  }
}
