package com.callback.messaging.platform.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import org.junit.jupiter.api.Test;

class RouteFailureTest {

  @Test
  void a_route_that_does_not_start_is_named() {
    assertThat(
            StartSentence.of(
                new IllegalStateException(
                    "Failed to start route: claim-lease (source: dispatch.yaml:72) because: …",
                    new FileNotFoundException("routes/sql/claim.sql does not exist"))))
        .contains(
            "The route claim-lease does not start (routes/sql/claim.sql does not exist): correct it, or the setting that it uses.");
  }

  @Test
  void a_route_that_cannot_be_made_is_named() {
    assertThat(
            StartSentence.of(
                new IllegalStateException(
                    "Failed to create route: intake-submit at: >>> To[sedda:wake-up] <<< because: …",
                    new IllegalArgumentException(
                        "No endpoint could be found for: sedda://wake-up"))))
        .contains(
            "The route intake-submit does not start (No endpoint could be found for: sedda://wake-up): correct it, or the setting that it uses.");
  }

  @Test
  void an_unknown_step_is_named_with_its_line() {
    assertThat(
            StartSentence.of(
                new IllegalStateException(
                    "Unknown node id: setBoddy\n in file:routes/intake.yaml, line 11, column 11:\n    - setBoddy:\n      ^")))
        .contains(
            "The route file routes/intake.yaml is wrong at line 11 (Unknown node id: setBoddy): correct it.");
  }

  @Test
  void a_file_that_is_no_yaml_is_named_with_the_place() {
    assertThat(
            StartSentence.of(
                new IllegalStateException(
                    "Error pre-parsing resource: file:routes/api.yaml",
                    new IllegalStateException(
                        "while parsing a flow node\n in reader, line 41, column 1:\n    \n    ^"))))
        .contains(
            "The route file routes/api.yaml cannot be read (while parsing a flow node at line 41, column 1): correct it.");
  }
}
