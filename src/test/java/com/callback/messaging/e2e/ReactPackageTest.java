package com.callback.messaging.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The package for apps of others, taken as they take it. */
class ReactPackageTest {

  @BeforeAll
  static void packages() {
    Npm.prepare();
  }

  @Test
  void a_next_app_builds_with_the_packed_package_and_loads_only_what_it_uses() {
    var outcome = Npm.run(Map.of(), "run", "test:next", "-w", "@callback-messaging/react");
    assertThat(outcome.isWell()).as(outcome.whatFailed()).isTrue();
  }
}
