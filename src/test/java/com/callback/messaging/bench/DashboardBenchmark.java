package com.callback.messaging.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.callback.messaging.e2e.Chromium;
import com.callback.messaging.process.EmbeddedServer;
import com.callback.messaging.process.ServiceProcess;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long it takes until the inbox is there, on a phone and at a desk, until a lead is seen in it,
 * and how smoothly it scrolls: {@code ./mvnw verify -Pbench -Dbench.only=dashboard}.
 */
class DashboardBenchmark {

  private static final int LEADS = Integer.getInteger("bench.dashboard-leads", 100_000);
  private static final int ROUNDS = 5;
  private static final int ARRIVALS = 30;

  /** More than three within ten seconds are told as a figure. */
  private static final int BETWEEN_ARRIVALS_MS = 2_500;

  private static final int PIXELS_A_FRAME = 2_000;
  private static final int FRAMES = 900;

  /** A device of Lighthouse: how wide, how much slower, and over which network. */
  private record Device(String name, int width, int slowdown, double latencyMs, double kilobits) {}

  private static final List<Device> DEVICES =
      List.of(
          new Device("a phone", 390, 4, 562.5, 1_474.56),
          new Device("a desk", 1_440, 1, 40, 10_240));

  private final Wishes wishes = Wishes.read();
  private final Report report = new Report();

  @TempDir Path folder;

  @Test
  void the_dashboard_of_a_hundred_thousand_leads() {
    assumeTrue(wishes.want("dashboard"));
    int port = ServiceProcess.freePort();
    var settings =
        Map.of(
            "SERVER_PORT",
            "" + port,
            "MESSAGING_PUBLIC_URL",
            "http://localhost:" + port,
            "MESSAGING_DEMO_LEADS",
            "" + LEADS);
    try (var service = ServiceProcess.start(folder, settings);
        var chromium = Chromium.start()) {
      var server = new EmbeddedServer(folder);
      await()
          .atMost(Duration.ofMinutes(20))
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> service.output().contains("Demo leads: %d of".formatted(LEADS)));
      server.database().sql("vacuum analyze").update();
      var session = signIn(chromium, service.output());
      DEVICES.forEach(device -> load(chromium, session, port, device));
      arrive(chromium, session, new Inbox(port, key(service.output()), 1), port);
      scroll(chromium, session, port);
      report.write(
          Path.of("docs", "benchmarks", "dashboard.md"),
          intro(server.database().sql("show server_version").query(String.class).single()));
    }
    assertThat(report.broken()).as("what no figure may have").isEmpty();
  }

  private static String intro(String databaseVersion) {
    return """
        # The dashboard of a business with %,d leads

        Written by `./mvnw verify -Pbench -Dbench.only=dashboard` %s. Headless Chromium, the service and the database share the cores.
        """
        .formatted(LEADS, Machine.text(databaseVersion));
  }

  private static String signIn(Chromium chromium, String output) {
    var link = Pattern.compile("http://localhost:\\d+/sign-in/\\S+").matcher(output);
    assertThat(link.find()).as(output).isTrue();
    try (var page = chromium.page(new NewContextOptions())) {
      page.navigate(link.group());
      page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Sign me in")).click();
      page.waitForURL(Pattern.compile(".*/inbox.*"));
      return page.context().storageState();
    }
  }

  private static String key(String output) {
    var key = Pattern.compile("cbk_[0-9a-f]{64}").matcher(output);
    assertThat(key.find()).as(output).isTrue();
    return key.group();
  }

  private void load(Chromium chromium, String session, int port, Device device) {
    report.part(
        "Until the inbox is there: " + device.name(),
        "An empty cache, %d pixels wide, processor %d times slower, %,.0f kbit/s with %.0f ms until an answer begins, as Lighthouse has it."
            .formatted(device.width(), device.slowdown(), device.kilobits(), device.latencyMs()));
    var first = new Figure("first paint", "ms");
    var largest = new Figure("largest paint", "ms");
    var shown = new Figure("the first leads are there", "ms");
    var blocked = new Figure("total blocking time", "ms");
    var loaded = new Figure("loaded in all, packed", "kB");
    for (int round = 0; round < ROUNDS; round++) {
      try (var page = page(chromium, session, device.width())) {
        var bytes = slowDown(page, device);
        page.navigate(inbox(port));
        page.locator("[data-lead]").first().waitFor();
        shown.add(number(page, "performance.now()"));
        page.waitForTimeout(2_000);
        first.add(number(page, "watched.first"));
        largest.add(number(page, "watched.largest"));
        blocked.add(number(page, "watched.blocked"));
        loaded.add(bytes.get() / 1_000.0);
      }
    }
    List.of(first, largest, shown, blocked, loaded).forEach(report::figure);
  }

  private void arrive(Chromium chromium, String session, Inbox visitors, int port) {
    report.part(
        "Until a lead is seen",
        "From sending it to the service until an open dashboard at a desk shows it, %d leads one after the other."
            .formatted(ARRIVALS));
    var row = new double[ARRIVALS];
    var notice = new double[ARRIVALS];
    var counts = new double[ARRIVALS];
    try (var page = page(chromium, session, 1_440)) {
      page.navigate(inbox(port));
      page.locator("[data-lead]").first().waitFor();
      page.waitForTimeout(2_000);
      for (int lead = 0; lead < ARRIVALS; lead++) {
        var number = "%08d".formatted(91_570_000 + lead);
        page.evaluate("name => { window.coming = arrival(name); }", "Ada " + number);
        long sent = Micros.now();
        visitors.lead(number);
        var seen = (Map<?, ?>) page.evaluate("() => window.coming");
        row[lead] = millis(seen.get("row"), sent);
        notice[lead] = millis(seen.get("notice"), sent);
        counts[lead] = millis(seen.get("counts"), sent);
        page.waitForTimeout(BETWEEN_ARRIVALS_MS);
      }
    }
    tell("in the list", row);
    tell("in a notice", notice);
    tell("in the counts", counts);
  }

  private void scroll(Chromium chromium, String session, int port) {
    report.part(
        "Scrolling through all leads",
        "%,d pixels a frame, %d frames, further pages loaded on the way; drawn by the processor, as there is no graphics card."
            .formatted(PIXELS_A_FRAME, FRAMES));
    try (var page = page(chromium, session, 1_440)) {
      page.navigate(inbox(port) + "?view=all");
      page.locator("[data-lead]").first().waitFor();
      page.waitForTimeout(2_000);
      var scrolled =
          (Map<?, ?>)
              page.evaluate(
                  "([pixels, frames]) => scrollThrough(pixels, frames)",
                  List.of(PIXELS_A_FRAME, FRAMES));
      var took =
          ((List<?>) scrolled.get("took"))
              .stream().mapToDouble(each -> ((Number) each).doubleValue()).toArray();
      tell("a frame", took);
      report.row("longest frame", "%.0f ms".formatted(Figure.percentile(took, 100)));
      report.row(
          "rows that exist at a time",
          "%.0f".formatted(number(page, "document.querySelectorAll('[data-lead]').length")));
      report.row(
          "came as far as", "%,.0f pixels".formatted(((Number) scrolled.get("at")).doubleValue()));
    }
  }

  private void tell(String what, double[] all) {
    var millis = Arrays.stream(all).filter(each -> !Double.isNaN(each)).toArray();
    if (millis.length < all.length / 2) {
      return;
    }
    report.row(what + ", p50", "%.0f ms".formatted(Figure.percentile(millis, 50)));
    report.row(what + ", p99", "%.0f ms".formatted(Figure.percentile(millis, 99)));
  }

  private static Page page(Chromium chromium, String session, int width) {
    var page =
        chromium.page(new NewContextOptions().setStorageState(session).setViewportSize(width, 844));
    page.addInitScript(Path.of("src/test/resources/bench/watch-page.js"));
    return page;
  }

  /** Counts what comes over the wire from now on. */
  private static AtomicLong slowDown(Page page, Device device) {
    var bytes = new AtomicLong();
    var tools = page.context().newCDPSession(page);
    tools.send("Network.enable");
    tools.on(
        "Network.loadingFinished",
        event -> bytes.addAndGet(event.get("encodedDataLength").getAsLong()));
    var network = new JsonObject();
    network.addProperty("offline", false);
    network.addProperty("latency", device.latencyMs());
    network.addProperty("downloadThroughput", device.kilobits() * 1_000 / 8);
    network.addProperty("uploadThroughput", device.kilobits() * 1_000 / 8 / 2);
    tools.send("Network.emulateNetworkConditions", network);
    var processor = new JsonObject();
    processor.addProperty("rate", device.slowdown());
    tools.send("Emulation.setCPUThrottlingRate", processor);
    return bytes;
  }

  private static double millis(Object moment, long sentMicros) {
    return moment == null ? Double.NaN : ((Number) moment).doubleValue() - sentMicros / 1_000.0;
  }

  private static double number(Page page, String script) {
    return ((Number) page.evaluate(script)).doubleValue();
  }

  private static String inbox(int port) {
    return "http://localhost:" + port + "/inbox";
  }
}
