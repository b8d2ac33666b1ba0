package com.callback.messaging.delivery.channel.sms;

import static com.callback.messaging.delivery.channel.sms.SmsEncoding.GSM_7;
import static com.callback.messaging.delivery.channel.sms.SmsEncoding.UCS_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmsTextTest {

  private final SmsText sms = new SmsText(false);

  static Stream<Arguments> measuredTexts() {
    return Stream.of(
        arguments("a".repeat(160), GSM_7, 160, 1),
        arguments("a".repeat(161), GSM_7, 161, 2),
        arguments("a".repeat(306), GSM_7, 306, 2),
        arguments("a".repeat(307), GSM_7, 307, 3),
        arguments("a".repeat(158) + "€", GSM_7, 160, 1),
        arguments("a".repeat(159) + "€", GSM_7, 161, 2),
        arguments("a".repeat(152) + "€" + "a".repeat(152), GSM_7, 306, 3),
        arguments("é".repeat(70), GSM_7, 70, 1),
        arguments("ç", UCS_2, 1, 1),
        arguments("’" + "a".repeat(69), UCS_2, 70, 1),
        arguments("a".repeat(70) + "’", UCS_2, 71, 2),
        arguments("ж".repeat(134), UCS_2, 134, 2),
        arguments("ж".repeat(135), UCS_2, 135, 3),
        arguments("😀".repeat(35), UCS_2, 70, 1),
        arguments("😀".repeat(36), UCS_2, 72, 2),
        arguments("😀".repeat(67), UCS_2, 134, 3),
        arguments("", GSM_7, 0, 0));
  }

  @ParameterizedTest
  @MethodSource("measuredTexts")
  void a_text_is_measured_as_the_network_bills_it(
      String text, SmsEncoding encoding, int units, int parts) {
    assertThat(sms.size(text)).isEqualTo(new SmsSize(encoding, units, parts));
  }

  @Test
  void an_accent_on_its_own_costs_no_more_than_the_letter_that_has_it() {
    var apart = "Jose\u0301 Mu\u0308ller";
    assertThat(sms.plain(apart)).isEqualTo("José Müller");
    assertThat(sms.size(sms.plain(apart)).encoding()).isEqualTo(SmsEncoding.GSM_7);
  }

  @Test
  void marks_that_turn_the_direction_around_are_left_out() {
    assertThat(sms.plain("Call back Ada \u202e\u2067 on 0491 573 210"))
        .isEqualTo("Call back Ada  on 0491 573 210");
  }

  @Test
  void the_gsm_alphabet_has_127_characters_besides_the_escape() {
    var basic =
        Stream.iterate(0, c -> c <= Character.MAX_CODE_POINT, c -> c + 1)
            .map(Character::toString)
            .filter(c -> sms.size(c).equals(new SmsSize(GSM_7, 1, 1)));

    assertThat(basic).hasSize(127);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\f", "^", "{", "}", "\\", "[", "~", "]", "|", "€"})
  void a_character_of_the_extension_table_takes_two_units(String character) {
    assertThat(sms.size(character)).isEqualTo(new SmsSize(GSM_7, 2, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "`", "’", "‘", "“", "”", "–", "—", "…", "\u00A0", "\t", "á", "í", "ó", "ú", "â", "õ"
      })
  void a_character_outside_the_alphabet_makes_the_text_ucs_2(String character) {
    assertThat(sms.size("a" + character)).isEqualTo(new SmsSize(UCS_2, 2, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "’", "ends with a blank "})
  void a_text_that_fits_stays_as_it_is(String text) {
    assertThat(sms.fit(text, 1)).isSameAs(text);
  }

  @Test
  void a_long_text_fills_its_parts_and_says_that_there_is_more() {
    assertThat(sms.fit("a".repeat(161), 1)).isEqualTo("a".repeat(157) + "...");
    assertThat(sms.fit("a".repeat(400), 2)).isEqualTo("a".repeat(303) + "...");
    assertThat(sms.fit("ж".repeat(71), 1)).isEqualTo("ж".repeat(67) + "...");
  }

  @Test
  void no_blank_stands_before_the_dots() {
    assertThat(sms.fit("a".repeat(154) + "  \n  " + "a".repeat(150), 1))
        .isEqualTo("a".repeat(154) + "...");
  }

  @Test
  void a_late_emoji_does_not_cost_the_plain_beginning() {
    assertThat(sms.fit("a".repeat(200) + "😀", 1)).isEqualTo("a".repeat(157) + "...");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"😀", "e\u0301", "ж\u0301\u0302", "👨‍👩‍👧", "👍🏽", "🇦🇺", "क्षि", "한", "❤️"})
  void what_is_drawn_as_one_is_kept_or_left_out_as_one(String character) {
    for (var offset = 0; offset < character.length() + 1; offset++) {
      var start = "ж".repeat(offset);

      assertThat(sms.fit(start + character.repeat(80), 1))
          .matches(start + "(?:" + character + ")+\\.\\.\\.");
    }
  }

  @Test
  void one_endless_character_leaves_only_the_dots() {
    assertThat(sms.fit("e" + "\u0301".repeat(100), 1)).isEqualTo("...");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void an_sms_of_no_parts_is_refused(int parts) {
    assertThatIllegalArgumentException().isThrownBy(() -> sms.fit("text", parts));
  }

  @Test
  void typographic_signs_become_what_every_handset_has() {
    assertThat(sms.plain("“It’s 5–6 pm”…\u00A0«now»\u202F— or\tnever` ‚x‘ ‐\u2212"))
        .isEqualTo("\"It's 5-6 pm\"... \"now\" - or never' 'x' --");
    assertThat(sms.plain("soft\u00ADhyphen\u200B\uFEFF")).isEqualTo("softhyphen");
  }

  @Test
  void letters_and_emoji_stay_as_they_are() {
    var text = "Zoë Çelik, 明日 שלום 👨‍👩‍👧 می‌خواهم";

    assertThat(sms.plain(text)).isEqualTo(text);
  }

  @Test
  void plain_signs_make_a_text_cheap() {
    var text = "It’s ".repeat(30);

    assertThat(sms.size(text).parts()).isEqualTo(3);
    assertThat(sms.size(sms.plain(text)).parts()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "Dvořák Čapek, Dvorak Capek",
    "Łódź, Lodz",
    "Œuvre, OEuvre",
    "José Müller, José Müller",
    "Zoë at 5, Zoe at 5"
  })
  void a_name_is_written_without_the_accents_that_cost_a_part(String name, String written) {
    assertThat(new SmsText(true).plain(name)).isEqualTo(written);
    assertThat(sms.plain(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Čapek 明日", "Čapek 😀", "Жанна", "Zoë שלום"})
  void a_text_that_stays_ucs_2_keeps_all_its_letters(String text) {
    assertThat(new SmsText(true).plain(text)).isEqualTo(text);
  }

  @Property(tries = 300)
  void plain_twice_is_plain_once(@ForAll("texts") String text) {
    assertThat(sms.plain(sms.plain(text))).isEqualTo(sms.plain(text));
  }

  @Property(tries = 500)
  void a_longer_text_never_takes_fewer_parts(
      @ForAll("texts") String text, @ForAll("texts") String more) {
    assertThat(sms.size(text + more).parts()).isGreaterThanOrEqualTo(sms.size(text).parts());
  }

  @Property(tries = 500)
  void parts_hold_what_they_can_and_no_more(@ForAll("texts") String text) {
    var size = sms.size(text);
    var alone = size.encoding().unitsAlone;
    var perPart = size.encoding().unitsPerPart;

    assertThat(size.parts() <= 1).isEqualTo(size.units() <= alone);
    if (size.parts() > 1) {
      assertThat(size.units()).isLessThanOrEqualTo(size.parts() * perPart);
      assertThat(size.units()).isGreaterThan((size.parts() - 1) * (perPart - 1));
    }
  }

  @Property(tries = 500)
  void a_fitted_text_fits_and_begins_like_the_original(
      @ForAll("texts") String text, @ForAll @IntRange(min = 1, max = 4) int parts) {
    var fitted = sms.fit(text, parts);

    assertThat(sms.size(fitted).parts()).isLessThanOrEqualTo(parts);
    if (!fitted.equals(text)) {
      assertThat(sms.size(text).parts()).isGreaterThan(parts);
      assertThat(fitted).endsWith("...");
      assertThat(text).startsWith(fitted.substring(0, fitted.length() - 3));
    }
  }

  @Property(tries = 500)
  void no_surrogate_is_left_alone(
      @ForAll("texts") String text, @ForAll @IntRange(min = 1, max = 3) int parts) {
    assertThat(sms.fit(text, parts)).doesNotContainPattern("\\p{Cs}");
  }

  @Property(tries = 300)
  void no_string_at_all_makes_it_fail(@ForAll String text) {
    assertThat(sms.size(sms.fit(sms.plain(text), 1)).parts()).isLessThanOrEqualTo(1);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "a", "b ", "€", "{", "é", "ç", "’", "ж", "😀", "e\u0301", "👨‍👩‍👧", "\n")
        .list()
        .ofMaxSize(400)
        .map(pieces -> String.join("", pieces));
  }
}
