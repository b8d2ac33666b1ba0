package com.callback.messaging.inbox.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTemplateTest {

  @Test
  void a_place_is_filled_in_with_or_without_blanks_around_its_name() throws Exception {
    assertThat(filled("Hello {{contact.name}}, {{ contact.name }}!", "Ada"))
        .isEqualTo("Hello Ada, Ada!");
  }

  @Test
  void where_nothing_is_known_the_words_behind_the_bar_stand() throws Exception {
    assertThat(filled("Hello {{contact.firstName | there}}!", "")).isEqualTo("Hello there!");
    assertThat(filled("Hello {{contact.firstName|my | friend}}!", ""))
        .isEqualTo("Hello my | friend!");
    assertThat(filled("Hello {{contact.firstName | there}}!", "Ada")).isEqualTo("Hello Ada!");
    assertThat(filled("Hello {{contact.firstName}}!", "")).isEqualTo("Hello !");
  }

  @ParameterizedTest
  @CsvSource({
    "contact.nam,contact.name",
    "Contact.Name,contact.name",
    "contact.firstname,contact.firstName",
    "name,agent.name",
    "lead.ref,lead.reference",
    "company.name,contact.name",
    "business,business.name"
  })
  void an_unknown_name_is_told_what_was_probably_meant_and_what_there_is(
      String typed, String meant) {
    assertThatThrownBy(() -> TextTemplate.of("Dear {{" + typed + "}}"))
        .hasMessageContaining("{{" + typed + "}}")
        .hasMessageContaining("perhaps {{" + meant + "}}")
        .hasMessageContaining("contact.name, contact.firstName")
        .hasMessageContaining("agent.name.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{sys:user.home}}",
        "{{env:PATH}}",
        "{{bean:apiKeys.generate}}",
        "{{#contact.name}}x{{/contact.name}}",
        "{{> lead}}",
        "{{! comment}}",
        "{{{contact.name}}}",
        "{{&contact.name}}",
        "{{}}",
        "{{contact}}",
        "{{contact.name.length}}"
      })
  void there_is_no_logic_and_nothing_of_the_machine_s(String text) {
    assertThatThrownBy(() -> TextTemplate.of(text)).hasMessageContaining("There is no placeholder");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{",
        "a {{contact.name",
        "{{contact.name}",
        "{{contact.\nname}}",
        "{{a {{contact.name}}"
      })
  void braces_that_are_not_closed_are_named(String text) {
    assertThatThrownBy(() -> TextTemplate.of(text)).hasMessageContaining("is not closed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"}}", "{contact.name}}", "{{contact.name}} }}"})
  void braces_that_were_not_opened_are_named(String text) {
    assertThatThrownBy(() -> TextTemplate.of(text)).hasMessageContaining("without a {{ before it");
  }

  @Test
  void a_long_name_is_not_told_in_full() {
    assertThatThrownBy(() -> TextTemplate.of("{{" + "😀".repeat(500) + "}}"))
        .hasMessageContaining("😀…")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
  }

  @Property
  void a_text_without_places_is_itself(@ForAll("texts") String text) throws Exception {
    assertThat(filled(text, "x")).isEqualTo(text);
  }

  @Property
  void whatever_is_filled_in_stands_there_and_is_never_read(
      @ForAll("templates") List<String> pieces, @ForAll("values") String value) throws Exception {
    var expected =
        pieces.stream()
            .map(piece -> piece.startsWith("{{") ? value.isEmpty() ? "" : value : piece)
            .reduce("", String::concat);
    assertThat(filled(String.join("", pieces), value)).isEqualTo(expected);
  }

  @Property
  void no_place_that_is_known_is_left_over(@ForAll("templates") List<String> pieces)
      throws Exception {
    var text = filled(String.join("", pieces), "Ada");
    assertThat(Arrays.stream(Placeholder.values()).map(each -> "{{" + each.written()))
        .noneMatch(text::contains);
  }

  @Property
  void any_text_is_read_or_refused_with_a_sentence(@ForAll String text) {
    try {
      TextTemplate.of(text);
    } catch (TextTemplate.Unreadable e) {
      assertThat(e.getMessage()).contains("{{").endsWith(".");
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .ofMaxLength(60)
        .filter(text -> !text.contains("{{") && !text.contains("}}"));
  }

  @Provide
  Arbitrary<List<String>> templates() {
    var plain = Arbitraries.strings().excludeChars('{', '}').ofMaxLength(20);
    var place =
        Combinators.combine(Arbitraries.of(Placeholder.values()), Arbitraries.of("", " ", "\t"))
            .as((each, blank) -> "{{" + blank + each.written() + blank + "}}");
    return Arbitraries.oneOf(plain, place).list().ofMaxSize(12);
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "{{contact.name}}",
            "{{agent.name | x}}",
            "}}",
            "{{",
            "${exchange}",
            "{{sys:user.home}}",
            ""),
        Arbitraries.strings().ofMaxLength(20));
  }

  private static String filled(String template, String value) throws Exception {
    return TextTemplate.of(template).filled(place -> value);
  }
}
