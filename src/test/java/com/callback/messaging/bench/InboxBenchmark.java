package com.callback.messaging.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.callback.messaging.process.EmbeddedServer;
import com.callback.messaging.process.ServiceProcess;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long those wait who work in the inbox of a business with a million leads, and by which plans
 * the database finds what they ask for: {@code ./mvnw verify -Pbench -Dbench.only=inbox}.
 */
class InboxBenchmark {

  private static final int LEADS = Integer.getInteger("bench.leads", 1_000_000);
  private static final int WARM_UP = 10;
  private static final int CALLS = 75;
  private static final int ROUNDS = 3;

  private static final List<String> NAMES =
      List.of(
          "garcía", "lovelace", "kowalski", "o'neil", "zoe", "tomas", "haddad-", "lucia moreau");

  private static final String COUNTED_DAYS =
      "select coalesce(sum(received + held), 0) >= (select count(*) from public.messages where created_at < now() - interval '3 days') from messaging.lead_figures";

  private final Wishes wishes = Wishes.read();
  private final Report report = new Report();
  private final Random dice = new Random(1);

  @TempDir Path folder;

  @Test
  void an_inbox_of_a_million_leads() throws SQLException {
    assumeTrue(wishes.want("inbox"));
    int port = ServiceProcess.freePort();
    var settings = Map.of("SERVER_PORT", "" + port, "MESSAGING_DEMO_LEADS", "" + LEADS);
    try (var service = ServiceProcess.start(folder, settings)) {
      var server = new EmbeddedServer(folder);
      var key = key(service.output());
      var inbox = new Inbox(port, key, Inbox.CALLERS);
      await()
          .atMost(Duration.ofMinutes(40))
          .pollInterval(Duration.ofSeconds(2))
          .until(() -> service.output().contains("Demo leads: %d of".formatted(LEADS)));
      // As the database does by itself within minutes.
      server.database().sql("vacuum analyze").update();
      // Days that are over are counted in the background.
      await()
          .atMost(Duration.ofMinutes(15))
          .pollInterval(Duration.ofSeconds(5))
          .until(() -> server.database().sql(COUNTED_DAYS).query(Boolean.class).single());
      measure(inbox);
      timeAt(
          new Inbox(port, key, 1),
          "figures of 400 days, one who asks",
          () -> "/api/analytics?from=" + day(399) + "&to=" + day(0));
      var leads =
          server.database().sql("select count(*) from public.messages").query(Long.class).single();
      export(inbox, new Usage(service.pid()), leads);
      new Plans(server.source()).tell(report);
      report.write(
          Path.of("docs", "benchmarks", "inbox.md"),
          intro(server.database().sql("show server_version").query(String.class).single()));
    }
    assertThat(report.broken()).as("what no figure may have").isEmpty();
  }

  private static String intro(String databaseVersion) {
    return """
        # The inbox of a business with %,d leads

        Written by `./mvnw verify -Pbench -Dbench.only=inbox` %s. The leads are those of the demo
        (`--messaging.demo.leads=%d`), all of one business, in the embedded database with its default settings. %d callers ask at the same
        time, %d times each, for another name, number or moment at each call; database, service and callers share the cores.
        """
        .formatted(LEADS, Machine.text(databaseVersion), LEADS, Inbox.CALLERS, CALLS);
  }

  private void measure(Inbox inbox) {
    report.part(
        "How long an answer takes", "From sending a request to the last byte of its answer.");
    time(inbox, "the newest 50", () -> "");
    time(inbox, "50 from any moment of the year on", () -> "?to=" + moment());
    time(inbox, "the oldest that wait", () -> "?status=unread,read&sort=oldest");
    time(inbox, "those with the least time left", () -> "?sort=time-left");
    time(inbox, "overdue", () -> "?overdue=true");
    time(inbox, "with one tag", () -> "?tag=" + one(List.of("battery", "storm", "warranty")));
    time(
        inbox,
        "urgent and not archived",
        () -> "?priority=urgent&status=unread,read,acknowledged,responded");
    time(inbox, "with a failed delivery", () -> "?delivery=failed&to=" + moment());
    time(inbox, "search: a name", () -> "?q=" + encoded(one(NAMES)));
    time(
        inbox,
        "search: a telephone number",
        () -> "?q=" + encoded("04" + digits(2) + " " + digits(3) + " " + digits(3)));
    time(inbox, "search: part of a number", () -> "?q=" + digits(5));
    time(
        inbox,
        "search: words of a text, and a filter",
        () ->
            "?status=acknowledged&q="
                + encoded(one(List.of("roof north", "battery offer", "inverter storm"))));
    time(inbox, "search: nothing is found", () -> "?q=xyzzy" + digits(4));
    time(inbox, "how many a search finds", () -> "/count?q=" + encoded(one(NAMES)));
    time(inbox, "counts of the views, nothing new", () -> "/counts");
    time(
        inbox,
        "counts of the views, after each new lead",
        () -> {
          inbox.lead(digits(8));
          return "/counts";
        });
    time(inbox, "the badge, nothing new", () -> "/unread-count");
    timeAt(inbox, "figures of 30 days", () -> "/api/analytics");
    timeAt(inbox, "figures of 90 days", () -> "/api/analytics?from=" + day(89) + "&to=" + day(0));
  }

  private void time(Inbox inbox, String what, Supplier<String> query) {
    timeAt(inbox, what, () -> "/api/messages" + query.get());
  }

  private void timeAt(Inbox inbox, String what, Supplier<String> path) {
    var half = new Figure(what + ", p50", "ms");
    var most = new Figure(what + ", p99", "ms");
    inbox.ask(path, WARM_UP);
    for (int round = 0; round < ROUNDS; round++) {
      var answers = inbox.ask(path, CALLS);
      half.add(Figure.percentile(answers.millis(), 50));
      most.add(Figure.percentile(answers.millis(), 99));
      report.require(answers.refused() == 0, what + ": " + answers.refused() + " refused");
    }
    report.figure(half);
    report.figure(most);
  }

  private void export(Inbox inbox, Usage service, long leads) {
    report.part("All of them as a file", "CSV, read as fast as it comes.");
    var before = service.memory();
    long begun = System.nanoTime();
    long lines = inbox.lines("/api/messages/export?format=csv");
    var seconds = (System.nanoTime() - begun) / 1e9;
    report.row("lines", "%,d".formatted(lines));
    report.row("seconds", "%.1f".formatted(seconds));
    report.row("leads a second", "%,.0f".formatted(lines / seconds));
    report.row(
        "memory of the service before and after, MiB",
        "%.0f and %.0f".formatted(before, service.memory()));
    report.require(
        leads > LEADS && lines == leads + 1,
        "an export of %,d lines where there are %,d leads".formatted(lines, leads));
  }

  private static String key(String output) {
    var key = Pattern.compile("cbk_[0-9a-f]{64}").matcher(output);
    assertThat(key.find()).as(output).isTrue();
    return key.group();
  }

  private String moment() {
    return Instant.now()
        .minusSeconds(dice.nextInt(390 * 86_400))
        .truncatedTo(ChronoUnit.SECONDS)
        .toString();
  }

  private static String day(int ago) {
    return Instant.now().minus(ago, ChronoUnit.DAYS).toString().substring(0, 10);
  }

  private String one(List<String> of) {
    return of.get(dice.nextInt(of.size()));
  }

  private String digits(int count) {
    return dice.ints(count, 0, 10).mapToObj(Integer::toString).collect(Collectors.joining());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
