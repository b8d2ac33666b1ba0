package com.callback.messaging.inbox.received;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stays of an answer when it is shown without what it quotes. */
class QuotedTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Four is fine.\n\nOn Sun, 22 Nov 2026 at 14:20, Sun <a@example.com> wrote:\n> Shall we?\n> Kim",
        "Four is fine.\n\nOn Sun, 22 Nov 2026 at 14:20, A business with a long name\n<reply+0123@reply.example.com> wrote:\n\n> Shall we?",
        "Four is fine.\n\nAm So., 22. Nov. 2026 um 14:20 Uhr schrieb Kim <a@example.com>:\n\n> Wollen wir?",
        "Four is fine.\n\nLe dim. 22 nov. 2026 à 14:20, Kim <a@example.com> a écrit :\n> On y va ?",
        "Four is fine.\n\n-----Original Message-----\nFrom: Kim\nShall we?",
        "Four is fine.\n\nFrom: Kim <a@example.com>\nSent: Sunday, 22 November 2026 14:20\nTo: Ada\nSubject: Re: Roof\n\nShall we?",
        "Four is fine.\n\nVon: Kim <a@example.com>\nGesendet: Sonntag\nAn: Ada\nBetreff: Dach\n\nWollen wir?",
        "On 22 Nov 2026, at 14:20, Kim <a@example.com> wrote:\n\n> Shall we?\n\nFour is fine.",
        "> Shall we?\n\nFour is fine.",
        "Four is fine.\n\n-- \nAda Lovelace\n12 Analytical Street",
        "Four is fine.\n\nOn 22 Nov 2026 Kim <a@example.com> wrote:\n\nShall we?",
      })
  void an_answer_loses_its_quotation_and_its_signature(String text) {
    assertThat(QuotedText.trimmed(text)).isEqualTo("Four is fine.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "On Friday my brother wrote:\nthey have none left.",
        "From: the garage\nTo: the roof",
        "First line.\n\nSecond, after a while.",
        "a > b\nand b < c",
        "Am I to wait?\n\n- Ada",
        "> Shall we?",
      })
  void a_text_that_quotes_nothing_stays_as_it_is(String text) {
    assertThat(QuotedText.trimmed(text)).isEqualTo(text);
  }

  @Test
  void what_is_written_between_quoted_lines_stays() {
    assertThat(
            QuotedText.trimmed(
                "On 22 Nov 2026, Kim <a@example.com> wrote:\n> Monday?\nNo.\n> Tuesday?\nYes."))
        .isEqualTo("No.\nYes.");
  }

  @Test
  void a_text_made_to_keep_a_reader_busy_does_not() {
    var lines = ("On 1 " + "wrote ".repeat(80) + "\n").repeat(800) + ("From: " + "x".repeat(400));
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> QuotedText.trimmed(lines + "\n>".repeat(10_000)));
  }
}
