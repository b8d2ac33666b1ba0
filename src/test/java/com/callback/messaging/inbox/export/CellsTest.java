package com.callback.messaging.inbox.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A spreadsheet shows what visitors typed, and runs none of it. */
class CellsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+61 491 570 006 ext. 2",
        "+61-491",
        "+1+1",
        "+61 491=1",
        "-1",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "\nx",
        " =1+1",
        "\u00a0=1+1",
        "\ufeff=1+1",
        "\u200b=1+1",
        "\"=1+1",
        "'=1+1",
        "''\" =1+1",
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM",
        "=HYPERLINK(\"http://x\")",
        "=cmd|' /C calc'!A0"
      })
  void what_would_be_a_formula_is_text(String typed) {
    assertThat(Cells.safe(typed, ',')).startsWith("'").endsWith(typed);
  }

  @Test
  void what_a_program_of_another_country_takes_for_the_next_cell_is_text_too() {
    assertThat(Cells.safe("a;=1+1", ',')).isEqualTo("a;'=1+1");
    assertThat(Cells.safe("a; \"=1+1\"", ',')).isEqualTo("a;' \"=1+1\"");
    assertThat(Cells.safe("a\t@x\r\n+1", ',')).isEqualTo("a\t'@x\r\n'+1");
  }

  @Test
  void a_comma_begins_a_cell_too_where_the_file_is_cut_elsewhere() {
    assertThat(Cells.safe("a,=1+1", ';')).isEqualTo("a,'=1+1");
    assertThat(Cells.safe("a,=1+1", ',')).isEqualTo("a,=1+1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ada Lovelace",
        "0491 570 006",
        "a = b",
        "ada@example.com",
        "Kitchen, bath\nand a - b",
        "\"quoted\"",
        "{\"a\":\"=1\"}",
        "2026-11-22T03:04:05.123Z",
        "O'Neil; and sons",
        "+61491570006",
        "+61 491 570 006",
        "😀"
      })
  void all_else_stays_as_it_is(String typed) {
    assertThat(Cells.safe(typed, ',')).isEqualTo(typed);
  }

  @Test
  void nothing_stays_nothing() {
    assertThat(Cells.safe(null, ',')).isNull();
    assertThat(Cells.safe("", ',')).isEmpty();
  }

  @Property
  void no_cell_begins_with_a_formula_however_it_is_taken_apart(@ForAll("typed") String typed) {
    var formula = Pattern.compile("[\\p{Z}\\p{Cc}\\p{Cf}\"`]*[=+\\-@＝＋－＠].*", Pattern.DOTALL);
    for (var cell : Cells.safe(typed, ',').split("[;\\t\\r\\n]")) {
      if (typed.matches("\\+[0-9]+( [0-9]+)*")) {
        continue;
      }
      assertThat(formula.matcher(cell).matches()).as("'%s' of '%s'", cell, typed).isFalse();
    }
  }

  @Property
  void what_was_typed_can_be_read_by_taking_the_apostrophes_out(@ForAll("typed") String typed) {
    assertThat(Cells.safe(typed, ',').replace("'", "")).isEqualTo(typed.replace("'", ""));
  }

  @Provide
  Arbitrary<String> typed() {
    return Arbitraries.of(
            "=", "+", "-", "@", "＝", " ", "\t", "\r", "\n", ";", ",", "\"", "'", "a", "1", "\u200b")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }
}
