package com.callback.messaging.intake.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumbersTest {

  private static final String CONTRACT = "^\\+?[0-9\\s\\-()]+$";
  private static final String MOBILE = "+61412345678";

  private final PhoneNumbers phones = new PhoneNumbers();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0412 345 678",
        "(04) 1234 5678",
        "412345678",
        "61412345678",
        "+61412345678",
        "+61 0412 345 678",
        "0011 61 412 345 678",
        "0011-61-412-345-678",
        "0061412345678",
        "00 61 412 345 678",
        "(0061) 412 345 678",
        "tel:+61-412-345-678",
        "TEL:0412345678",
        "٠٤١٢٣٤٥٦٧٨",
        "۰۴۱۲ ۳۴۵ ۶۷۸",
        "०४१२३४५६७८",
        "０４１２－３４５－６７８",
        "＋６１　４１２　３４５　６７８",
        "0412.345.678",
        "0412·345·678",
        "0412–345—678",
        "0412‑345−678",
        "0412\u00A0345\u202F678",
        "\u202A+61 412 345 678\u202C",
        "\u2066\u200E0412\u200B345\u2060678\uFEFF\u2069",
        "0️⃣4️⃣1️⃣2️⃣345678",
        "0412/345/678",
        " 0412\t345\n678 ",
        "+0412345678",
        "+00 61 412 345 678"
      })
  void a_mobile_number_is_read_however_it_is_typed(String typed) {
    assertThat(phones.e164(typed, "AU")).contains(MOBILE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0412 345 678 ext 9",
        "0412 345 678 ext. 9",
        "0412 345 678, ext: 12",
        "0412 345 678 Extension 9",
        "0412 345 678 extn 9",
        "0412345678x9",
        "0412 345 678 x 12345",
        "0412 345 678 #9",
        "+61 412 345 678;ext=9"
      })
  void an_extension_is_left_out(String typed) {
    assertThat(phones.e164(typed, "AU")).contains(MOBILE);
  }

  @ParameterizedTest
  @CsvSource({
    "(02) 9876 5432, +61298765432",
    "02 7010 1234, +61270101234",
    "02 5550 1234, +61255501234",
    "1300 975 707, +611300975707",
    "13 11 14, +61131114",
    "1800 975 707, +611800975707",
    "1900 123 456, +611900123456",
    "0147 123 456, +61147123456",
    "+64 21 123 456, +6421123456",
    "0011 64 21 123 456, +6421123456",
    "0064 21 123 456, +6421123456",
    "+1 650 253 0000, +16502530000",
    "+1 650 253 0000 ext 9, +16502530000",
    "001 650 253 0000, +16502530000",
    "00 44 20 7946 0018, +442079460018",
    "+8816 5143 4800, +881651434800"
  })
  void other_numbers_are_read_as_measured(String typed, String e164) {
    assertThat(phones.e164(typed, "AU")).contains(e164);
  }

  @ParameterizedTest
  @CsvSource({
    "NZ, 021 123 456, +6421123456",
    "nz, 021 123 456, +6421123456",
    "' NZ ', 00 61 412 345 678, +61412345678",
    "GB, 020 7946 0018, +442079460018",
    "GB, +44 (0)20 7946 0018, +442079460018",
    "US, (650) 253-0000, +16502530000",
    "US, 1-650-253-0000, +16502530000",
    "US, 011 61 412 345 678, +61412345678",
    "US, 00 61 412 345 678, +61412345678",
    "DE, 030/901820, +4930901820",
    "FR, 01 42 68 53 00, +33142685300",
    "SG, 001 61 412 345 678, +61412345678",
    "IN, ०२२ २७७८ २२२२, +912227782222"
  })
  void local_forms_are_those_of_the_region(String region, String typed, String e164) {
    assertThat(phones.e164(typed, region)).contains(e164);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "after 5pm 0412 345 678",
        "0412 345 678 after 5pm",
        "0412 345 678 (Ada, mornings)",
        "call me: 0412.345.678!",
        "mob 0412-345-678 or the office",
        "from abroad 0061 412 345 678 please",
        "from abroad 0011 61 412 345 678 please",
        "phone: 0061 412 345 678",
        "at 10:00, 0412 345 678",
        "at 10:00 (0412) 345 678",
        "between 10:00 and 11.30, 0412 345 678",
        "電話：０４１２３４５６７８",
        "اتصل بي ٠٤١٢٣٤٥٦٧٨ مساء",
        "ph.0412345678"
      })
  void a_number_is_found_among_words(String typed) {
    assertThat(phones.e164(typed, "AU")).contains(MOBILE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0412 345 678 / 0298 765 432",
        "0412 345 678/02 9876 5432",
        "0412 345 678, (02) 9876 5432",
        "0412 345 678 or 0298765432",
        "+61 412 345 678 +61 2 9876 5432",
        "0412345678 0298765432"
      })
  void of_two_numbers_the_first_is_taken(String typed) {
    assertThat(phones.e164(typed, "AU")).contains(MOBILE);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        " ",
        "abc",
        "0550 123 456",
        "0512 345 678",
        "041234567",
        "+614123456789",
        "04123",
        "000",
        "0412-345-67x",
        "0412 345 67",
        "1800 FLOWERS",
        "call me maybe",
        "()",
        "---",
        "+",
        "00",
        "0011",
        "++++++",
        "2026-11-22",
        "x9",
        "0000000000",
        "\u0000"
      })
  void what_holds_no_valid_number_gives_none(String typed) {
    assertThat(phones.e164(typed, "AU")).isEmpty();
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"ZZ", "??", "Australia"})
  void without_a_known_region_only_international_numbers_are_read(String region) {
    assertThat(phones.e164("0412 345 678", region)).isEmpty();
    assertThat(phones.e164("+61 412 345 678", region)).contains(MOBILE);
    assertThat(phones.e164("0061 412 345 678", region)).contains(MOBILE);
  }

  static Stream<Arguments> folded() {
    return Stream.of(
        arguments("0412.345.678", "0412-345-678"),
        arguments("٠٤١٢ ٣٤٥ ٦٧٨", "0412 345 678"),
        arguments("０４１２　３４５　６７８", "0412 345 678"),
        arguments("0412–345—678", "0412-345-678"),
        arguments("0412\u00A0345\u202F678", "0412 345 678"),
        arguments("＋６１（０）４１２", "+61(0)412"),
        arguments("\u200F\u202B(02) 9876 5432\u202C", "(02) 9876 5432"),
        arguments("\u2003 0412 345 678 \u3000", "0412 345 678"),
        arguments("𝟎𝟒𝟏𝟐", "0412"));
  }

  @ParameterizedTest
  @MethodSource("folded")
  void signs_of_all_scripts_become_those_that_the_contract_knows(String typed, String expected) {
    assertThat(phones.folded(typed)).isEqualTo(expected).matches(CONTRACT);
  }

  @Test
  void a_number_longer_than_e164_allows_is_none() {
    assertThat(phones.e164("034513000011000", "DE")).isEmpty();
  }

  @Test
  void letters_stay_so_that_the_pattern_can_refuse_them() {
    assertThat(phones.folded("0412 call ME ж")).isEqualTo("0412 call ME ж");
  }

  @Test
  void the_longest_text_is_searched_to_its_end() {
    assertThat(phones.e164("12-34 ".repeat(3000), "AU")).isEmpty();
    assertThat(phones.e164("1".repeat(50_000), "AU")).isEmpty();
    assertThat(phones.e164("+".repeat(50_000), "AU")).isEmpty();
  }

  @Property
  void folding_twice_is_folding_once(@ForAll String typed) {
    assertThat(phones.folded(phones.folded(typed))).isEqualTo(phones.folded(typed));
  }

  @Property
  void folding_keeps_what_the_contract_takes_already(@ForAll("plainNumbers") String typed) {
    assertThat(phones.folded(typed)).isEqualTo(typed.strip());
  }

  @Property
  void no_string_makes_it_fail(@ForAll String typed, @ForAll("regions") String region) {
    assertThat(phones.e164(typed, region)).satisfies(PhoneNumbersTest::isEmptyOrE164);
  }

  @Property
  void nothing_near_a_number_makes_it_fail(
      @ForAll("nearNumbers") String typed, @ForAll("regions") String region) {
    assertThat(phones.e164(typed, region)).satisfies(PhoneNumbersTest::isEmptyOrE164);
  }

  @Property
  void a_number_that_was_read_is_read_the_same_again(@ForAll("nearNumbers") String typed) {
    phones
        .e164(typed, "AU")
        .ifPresent(number -> assertThat(phones.e164(number, "NZ")).contains(number));
  }

  private static void isEmptyOrE164(Optional<String> number) {
    number.ifPresent(e164 -> assertThat(e164).matches("\\+[1-9][0-9]{3,14}"));
  }

  @Provide
  Arbitrary<String> regions() {
    return Arbitraries.of("AU", "NZ", "US", "DE", "JP", "ZZ", "").injectNull(0.1);
  }

  @Provide
  Arbitrary<String> plainNumbers() {
    return Arbitraries.strings().withChars("0123456789-() ").ofMaxLength(30);
  }

  @Provide
  Arbitrary<String> nearNumbers() {
    return Arbitraries.of(
            "0", "4", "04", "00", "0011", "61", "412", "345", "678", "+", "(", ")", "-", ".", "/",
            " ", "x", "ext", ";", ":", "tel:", "#", "٤", "–", "\u202F", "pm", "1300")
        .list()
        .ofMaxSize(14)
        .map(pieces -> String.join("", pieces));
  }
}
