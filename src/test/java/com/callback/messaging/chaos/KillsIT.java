package com.callback.messaging.chaos;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What of the chaos is short enough for every build; {@link OutagesIT} is the rest of it. */
class KillsIT {

  private static final long SEED = Long.getLong("chaos.seed", 7);

  /** Fewer than come in while each kind of kill happens once. */
  private static final int LEADS = 600;

  @Test
  void nothing_that_was_accepted_is_lost_when_each_part_is_killed() {
    var report = new Report();
    try {
      new Run(SEED, LEADS, 40, true, Troubles.kills()).into(report);
    } finally {
      report.write(Path.of("target", "chaos", "kills.md"), "");
      System.out.println(report.figures());
      System.out.println(report.troubles());
    }
  }
}
