package com.callback.messaging.inbox.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.platform.startup.StartFailure;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words by which a person acts by SMS. */
class SmsCommandsTest {

  private final SmsCommands commands =
      new SmsCommands(
          Set.of("1", "OK", "i take"), Set.of("done"), Set.of("no answer", "keine antwort"));

  @ParameterizedTest
  @CsvSource({
    "1, acknowledge, ''",
    "' Ok!! ', acknowledge, ''",
    "I take, acknowledge, ''",
    "1 7f3k, acknowledge, 7F3K",
    "ok #7F3K-9Q2M, acknowledge, 7F3K9Q2M",
    "done 7F3K9Q2M., reached, 7F3K9Q2M",
    "'No\n answer', no_answer, ''",
    "Keine Antwort 7f3k, no_answer, 7F3K"
  })
  void a_command_is_read_with_the_reference_that_follows_it(
      String text, String move, String reference) {
    assertThat(commands.in(text))
        .hasValueSatisfying(
            command -> {
              assertThat(command.move()).isEqualTo(move);
              assertThat(command.reference()).isEqualTo(reference);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "11",
        "ok see you",
        "1 7F3",
        "1 7F3KL",
        "7F3K",
        "done it",
        "ok 7F3K 9Q2M 1",
        "👍"
      })
  void any_other_text_is_no_command(String text) {
    assertThat(commands.in(text)).isEmpty();
  }

  @Test
  void a_word_for_two_commands_stops_the_start() {
    assertThatThrownBy(() -> new SmsCommands(Set.of("ok"), Set.of("OK "), Set.of()))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("replies.sms-commands");
    assertThatThrownBy(() -> new SmsCommands(Set.of(" "), null, null))
        .isInstanceOf(StartFailure.class);
  }
}
