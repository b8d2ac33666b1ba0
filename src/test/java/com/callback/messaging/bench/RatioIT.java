package com.callback.messaging.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one-minute form of the {@link Benchmark}. */
class RatioIT {

  @TempDir(factory = TargetFolder.class)
  Path folder;

  @Test
  void the_ratio_to_an_outbox_is_at_least_half_of_the_recorded_one() {
    Peer.require();
    var recorded = Ratio.recorded();
    assumeTrue(recorded.isPresent(), "No ratio is recorded: run ./mvnw verify -Pbench");
    var enough = recorded.getAsDouble() / 2;
    try (var run = ShortRun.start(folder)) {
      var ratio = run.measure().best();
      // Anything may have happened on the machine meanwhile.
      var once = ratio < enough ? Math.max(ratio, run.measure().best()) : ratio;
      assertThat(once)
          .as("delivered per second, divided by what the outbox delivers")
          .isGreaterThanOrEqualTo(enough);
    }
  }
}
