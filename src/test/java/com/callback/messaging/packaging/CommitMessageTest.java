package com.callback.messaging.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hook that reads the subject of each commit. */
@DisabledOnOs(OS.WINDOWS)
class CommitMessageTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "widget: wait for other tabs",
        "delivery: retry a 429\n\nBecause a receiver that asks for patience is well. This line may be as long as it needs to be.",
        "Merge branch 'widget'",
        "fixup! widget: wait for other tabs",
      })
  void is_quiet_about_an_area_a_verb_and_an_object(String message) throws Exception {
    assertThat(hook(message)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Wait for other tabs",
        "Widget: wait for other tabs",
        "widget: Wait for other tabs",
        "widget:wait for other tabs",
        "widget: ",
      })
  void refuses_another_form_and_shows_an_example(String message) throws Exception {
    assertThat(hook(message)).contains("area: verb object").contains("such as \"widget: wait");
  }

  @Test
  void refuses_a_subject_of_more_than_72_characters() throws Exception {
    assertThat(hook("widget: " + "w".repeat(64))).isEmpty();
    assertThat(hook("widget: " + "w".repeat(65))).contains("73 characters", "at most 72");
  }

  /** What the hook says of a message that it refuses; nothing of one that it lets pass. */
  private String hook(String message) throws IOException, InterruptedException {
    var file = Files.writeString(folder.resolve("message"), message);
    var said = folder.resolve("said");
    var process =
        new ProcessBuilder("bash", ".githooks/commit-msg", file.toString())
            .redirectError(said.toFile())
            .start();
    assertThat(process.waitFor()).isEqualTo(Files.size(said) == 0 ? 0 : 1);
    return Files.readString(said);
  }
}
