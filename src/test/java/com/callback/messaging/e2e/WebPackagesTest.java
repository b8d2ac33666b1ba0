package com.callback.messaging.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people see holds in its own tests, package by package. */
class WebPackagesTest {

  @BeforeAll
  static void packages() {
    Npm.prepare();
  }

  @Test
  void are_formatted_and_import_within_their_borders() {
    var outcome = Npm.run(Map.of(), "run", "lint");
    assertThat(outcome.isWell()).as(outcome.whatFailed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dashboard", "react", "widget"})
  void hold_in_their_own_tests(String name) {
    var outcome = Npm.run(Map.of(), "test", "--workspace=" + name);
    assertThat(outcome.isWell()).as(outcome.whatFailed()).isTrue();
    assertThat(outcome.said()).doesNotContain("skipped");
  }
}
