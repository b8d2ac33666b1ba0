package com.callback.messaging.delivery.engine;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * How the operator's providers do: as metrics, and for the API. Each instance counts its own
 * requests in memory, which costs a send nothing, and learns from the heartbeats of the others what
 * they saw. Webhooks are measured and not judged: they go to the businesses' own endpoints.
 */
@Component
public class ProviderHealth {

  private static final String WEBHOOK = "webhook";
  private static final TypeReference<List<Heartbeat>> HEARTBEATS = new TypeReference<>() {};

  private static final Duration[] LATENCIES = {
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(15)
  };

  private final Channels channels;
  private final Hosts hosts;
  private final MeterRegistry metrics;
  private final ObjectMapper json;
  private final Clock clock;
  private final Map<Provider, ProviderWindow> windows = new ConcurrentHashMap<>();
  private final Map<Outcomes, Timer> timers = new ConcurrentHashMap<>();
  private volatile List<ProviderReport> others = List.of();

  ProviderHealth(
      Channels channels, Hosts hosts, MeterRegistry metrics, ObjectMapper json, Clock clock) {
    this.channels = channels;
    this.hosts = hosts;
    this.metrics = metrics;
    this.json = json;
    this.clock = clock;
    judged().forEach(this::showGauges);
  }

  private record Provider(String channel, String name) {}

  private record Outcomes(String channel, String provider, String outcome) {}

  /** The part of another instance's heartbeat that is about providers. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Heartbeat(List<ProviderReport> providers) {}

  /** Counts the requests of an attempt. */
  void note(String channel, String provider, List<RequestRecord> requests) {
    for (var request : requests) {
      timers
          .computeIfAbsent(new Outcomes(channel, provider, request.outcome()), this::timer)
          .record(request.durationMs(), TimeUnit.MILLISECONDS);
      if (!channel.equals(WEBHOOK)) {
        windows
            .computeIfAbsent(new Provider(channel, provider), each -> new ProviderWindow())
            .add(request, clock.instant());
      }
    }
  }

  /** What this instance saw, as JSON for {@code report-instance.sql}. */
  public String report() throws JsonProcessingException {
    return json.writeValueAsString(judged().map(this::own).toList());
  }

  /** Takes what the other live instances saw: JSON as {@code report-instance.sql} gives it. */
  public void saw(String heartbeats) throws JsonProcessingException {
    others =
        json.readValue(heartbeats, HEARTBEATS).stream()
            .filter(each -> each.providers() != null)
            .flatMap(each -> each.providers().stream())
            .toList();
  }

  /**
   * All providers, by channel and in the order in which they are used, as JSON for the API. Rates
   * and times only: how many requests there were is the operator's business.
   */
  public String shown() throws JsonProcessingException {
    var now = clock.instant();
    var shown = new ArrayList<Map<String, Object>>();
    for (var provider : known()) {
      var seen = seen(provider);
      var one = new LinkedHashMap<String, Object>();
      one.put("channel", provider.channel());
      one.put("provider", provider.name());
      one.put("state", seen.state(now));
      one.put("downSince", seen.isDown(now) ? iso(seen.failingSince()) : null);
      one.put("successRate", seen.successRate());
      one.put("averageMs", seen.averageMs());
      one.put("slowestMs", seen.requests() == 0 ? null : seen.slowestMs());
      one.put("breaker", seen.breaker());
      shown.add(one);
    }
    return json.writeValueAsString(Map.of("providers", shown));
  }

  /**
   * Since when nothing can be sent on a channel, because all of its providers are down; empty while
   * one of them works or nobody knows.
   */
  public Optional<Instant> downSince(String channel) {
    var now = clock.instant();
    var own =
        known().stream().filter(each -> each.channel().equals(channel)).map(this::seen).toList();
    return own.stream().allMatch(each -> each.isDown(now))
        // The last of them went down when the channel did.
        ? own.stream().map(ProviderReport::failingSince).max(Comparator.naturalOrder())
        : Optional.empty();
  }

  private static String iso(Instant moment) {
    return moment.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** The providers of the channels that this instance serves. */
  private Stream<Provider> judged() {
    return channels.enabled().stream()
        .filter(channel -> !channel.equals(WEBHOOK))
        .flatMap(
            channel ->
                channels.of(channel).providers().stream().map(name -> new Provider(channel, name)));
  }

  /** And those of the channels that another instance serves. */
  private List<Provider> known() {
    return Stream.concat(judged(), others.stream().map(ProviderHealth::provider))
        .distinct()
        .sorted(Comparator.comparing(Provider::channel))
        .toList();
  }

  private ProviderReport seen(Provider provider) {
    var reports = Stream.concat(judged().filter(provider::equals).map(this::own), others.stream());
    return ProviderReport.together(
        provider.channel(),
        provider.name(),
        reports.filter(each -> provider(each).equals(provider)).toList());
  }

  private static Provider provider(ProviderReport report) {
    return new Provider(report.channel(), report.provider());
  }

  private ProviderReport own(Provider provider) {
    return windows
        .computeIfAbsent(provider, each -> new ProviderWindow())
        .report(provider.channel(), provider.name(), breaker(provider), clock.instant());
  }

  private String breaker(Provider provider) {
    return channels.of(provider.channel()).providers().size() == 1
        ? null
        : hosts.breakerState(Providers.breaker(provider.channel(), provider.name()));
  }

  private Timer timer(Outcomes of) {
    return Timer.builder("messaging.provider.requests")
        .description("Requests to providers, and how long they took")
        .tags("channel", of.channel(), "provider", of.provider(), "outcome", of.outcome())
        .serviceLevelObjectives(LATENCIES)
        .register(metrics);
  }

  private void showGauges(Provider provider) {
    var tags = Tags.of("channel", provider.channel(), "provider", provider.name());
    Gauge.builder("messaging.provider.down", () -> seen(provider).isDown(clock.instant()) ? 1 : 0)
        .description("Whether a provider accepts nothing, as all live instances see it")
        .tags(tags)
        .register(metrics);
    Gauge.builder("messaging.provider.breaker.open", () -> "open".equals(breaker(provider)) ? 1 : 0)
        .description("Whether the circuit breaker of a provider is open on this instance")
        .tags(tags)
        .register(metrics);
  }
}
