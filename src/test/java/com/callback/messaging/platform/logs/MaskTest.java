package com.callback.messaging.platform.logs;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0491 570 006",
        "0491570006",
        "+61 491 570 006",
        "+61491570006",
        "61491570006",
        "0491-570-006",
        "(02) 5550 1234",
        "+61 (0)2 5550 1234",
        "0491.570.006",
        "0491\u00a0570\u00a0006",
        "0491\u2011570\u2011006",
        "٠٤٩١٥٧٠٠٠٦",
        "０４９１ ５７０ ００６",
        "2025550123",
        "1300 975 707"
      })
  void a_telephone_number_is_masked_however_it_is_written(String number) {
    assertThat(Mask.of(number)).isEqualTo("[phone]");
    assertThat(Mask.of("Text to " + number + ", now")).isEqualTo("Text to [phone], now");
    assertThat(Mask.of("{\"to\":\"" + number + "\"}")).isEqualTo("{\"to\":\"[phone]\"}");
    assertThat(Mask.of("to=" + number)).isEqualTo("to=[phone]");
  }

  @Test
  void a_telephone_number_in_an_address_is_masked() {
    assertThat(Mask.of("/find?phone=%2B61491570006&x=1")).isEqualTo("/find?phone=%2B[phone]&x=1");
    assertThat(Mask.of("tel:+61491570006")).isEqualTo("tel:[phone]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada@example.com",
        "Ada.Lovelace+x@mail.example.co.uk",
        "zoe@bücher.example",
        "ada%40example.com",
        "用户@例子.example",
        "ada@localhost"
      })
  void a_mail_address_is_masked(String address) {
    assertThat(Mask.of(address)).isEqualTo("[mail]");
    assertThat(Mask.of("RCPT TO:<" + address + ">")).isEqualTo("RCPT TO:<[mail]>");
    assertThat(Mask.of("mailto:" + address)).isEqualTo("mailto:[mail]");
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization: Bearer cbk_0123456789abcdef0123456789abcdef, Authorization: Bearer [secret]",
    "Bearer opaque-and-short, Bearer [secret]",
    "Authorization: Basic YWRhOnNlY3JldA==, Authorization: Basic [secret]",
    "key cbk_0123456789abcdef is gone, key [secret] is gone",
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, [secret]",
    "whsk_AAECAwQFBgc, [secret]",
    "got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmVk here, got [secret] here",
    "/sign-in/0190b0e2-7c3f-7a01-8000-000000000001.AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfG, /sign-in/[secret]",
    "Cookie: callback_session=abc123; other=1, Cookie: callback_session=[secret]; other=1",
    "password=hush&user=x, password=[secret]&user=x",
    "{\"token\":\"abc\"}, {\"token\":\"[secret]\"}",
    "jdbc:postgresql://db/x?password=hush, jdbc:postgresql://db/x?password=[secret]",
    "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfG, [secret]"
  })
  void what_opens_a_door_is_masked(String text, String masked) {
    assertThat(Mask.of(text)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Delivery 0190b0e2-7c3f-7a01-8000-000000000001 by sms, attempt 3: pending",
        "00000000-0000-0000-0000-000000000000",
        "2026-03-01T08:00:00.123456Z and 2026-03-01 08:00:00",
        "127.0.0.1:61616",
        "tcp://10.20.30.40:5432",
        "com.example.Thing@1a2b3c4d is no mail address",
        "PostgreSQL 17.6 on port 54321 with 100 connections",
        "at com.callback.messaging.platform.http.Problems.of(Problems.java:123)",
        "The remote server responded 503",
        "The token endpoint answers"
      })
  void what_is_needed_to_find_a_fault_stays(String text) {
    assertThat(Mask.of(text)).isEqualTo(text);
  }

  @Test
  void a_text_cannot_forge_an_entry() {
    assertThat(Mask.of("first\r\n12:00:00 ERROR forged\u001b[2J\u2028next"))
        .isEqualTo("first?\n  12:00:00 ERROR forged?[2J?next");
  }

  @Property(tries = 300)
  void a_number_of_any_country_is_masked(
      @ForAll @IntRange(min = 1, max = 999) int country,
      @ForAll @IntRange(min = 10_000_000, max = 999_999_999) int number) {
    assertThat(Mask.of("x +" + country + number + " y")).isEqualTo("x [phone] y");
    assertThat(Mask.of("x +" + country + " " + number + " y")).isEqualTo("x [phone] y");
  }

  @Property(tries = 300)
  void any_text_at_all_can_be_masked(@ForAll String text) {
    assertThat(Mask.of(text)).isNotNull();
  }

  @Test
  void a_long_text_takes_no_longer_than_its_length() {
    for (var piece : new String[] {"a", "0", "0 ", "@", "a@", "ey", "-", "bearer "}) {
      assertThat(Mask.of(piece.repeat(200_000))).hasSizeLessThan(200_000);
    }
  }
}
