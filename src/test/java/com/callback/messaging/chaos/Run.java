package com.callback.messaging.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.util.FileSystemUtils;

/**
 * One run: leads come in while troubles happen, then everything is given time to end.
 *
 * @param seed decides the order and the length of troubles
 * @param leads how many are to be accepted at least
 * @param perSecond how many are sent, as long as the service keeps up
 * @param resendSms whether an SMS that may have arrived is sent again
 */
record Run(long seed, int leads, int perSecond, boolean resendSms, List<Trouble> troubles) {

  private static final Duration ACCEPTED_WITHIN = Duration.ofMinutes(20);
  private static final Duration ENDS_WITHIN = Duration.ofMinutes(10);

  /** Does it, adds its figures to the report, and fails if anything was lost. */
  void into(Report report) {
    var folder = emptyFolder("seed-" + seed);
    try (var cluster = new Cluster(folder, Tuning.settings(resendSms), 2)) {
      var visitors = new Visitors(cluster, perSecond);
      List<Past> past;
      try (visitors) {
        var accepted = visitors.accepted();
        past = new Plan(cluster, troubles, seed).run(() -> accepted.size() >= leads);
        visitors.awaitAccepted(leads, ACCEPTED_WITHIN);
      }
      new Ledger(cluster.database()).awaitEnd(ENDS_WITHIN);
      var tally = new Tally(cluster, visitors, past);
      report.add("seed " + seed, tally);
      tally.requireNothingLost(resendSms);
    }
  }

  /** A folder for data and logs that stays for whoever wants to know what happened. */
  static Path emptyFolder(String name) {
    var folder = Path.of("target", "chaos", name).toAbsolutePath();
    try {
      FileSystemUtils.deleteRecursively(folder);
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
