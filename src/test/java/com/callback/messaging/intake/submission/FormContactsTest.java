package com.callback.messaging.intake.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.ServiceTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Phone numbers and e-mail addresses, as people type them. */
@ServiceTest
class FormContactsTest extends FormPosts {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ada@example.com\u200b|ada@example.com|",
        "\u202aada@example.com\u202c|ada@example.com|",
        "mailto:ada@example.com|ada@example.com|",
        "ada @example.com.|ada@example.com|",
        "<ada@example.com>|ada@example.com|",
        "Ada <ada@example.com>|ada@example.com|Ada <ada@example.com>",
        "a@b.com, c@d.com|a@b.com|a@b.com, c@d.com",
        "n/a||n/a",
        "none||none",
        "-||-",
        "ada@example,com||ada@example,com",
      })
  void an_odd_e_mail_beside_a_phone_number_is_cleaned_or_kept_as_typed(
      String typed, String email, String asTyped) {
    submitted(
        Kind.URLENCODED,
        "contactName",
        "Ada",
        "contactPhone",
        "0491 570 006",
        "contactEmail",
        typed);
    assertThat(stored().get("contact_email").textValue()).isEqualTo(email);
    assertThat(stored().at("/metadata/email_raw").textValue()).isEqualTo(asTyped);
    assertThat(stored().get("contact_phone_e164").asText()).isEqualTo("+61491570006");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "030/1234567|030/1234567|+61301234567",
        "+61 491 570 006 ext. 5|+61 491 570 006 ext- 5|+61491570006",
        "0491 570 006 (mobile)|0491 570 006 (mobile)|+61491570006",
        "+61 (0)491/570006|+61 (0)491/570006|+61491570006",
        "tel:+61491570006|tel:+61491570006|+61491570006",
        "1300 SOLAR1|1300 SOLAR1|",
      })
  void a_phone_number_in_JSON_may_be_written_as_people_do(String typed, String phone, String e164) {
    assertThat(
            service
                .post(
                    Map.of(
                        "funnelId", business.funnel(), "contactName", "Ada", "contactPhone", typed))
                .statusCode())
        .isEqualTo(202);
    assertThat(stored().get("contact_phone").asText()).isEqualTo(phone);
    assertThat(stored().get("contact_phone_e164").textValue()).isEqualTo(e164);
  }

  @Test
  void the_business_reads_an_e_mail_as_it_was_typed_in_mail_SMS_and_webhook() {
    business = service.business();
    submitted(
        Kind.URLENCODED,
        "contactName",
        "Ada",
        "contactPhone",
        "0491 570 006",
        "contactEmail",
        "ada@example,com",
        "priority",
        "urgent");
    await().until(() -> service.caught(business).size() == 3);
    assertThat(service.caught(business))
        .allSatisfy(sent -> assertThat(sent.toString()).contains("ada@example,com"));
  }

  @Test
  void a_phone_that_is_none_beside_an_e_mail_is_kept_as_typed() {
    submitted(
        Kind.URLENCODED,
        "contactName",
        "Ada",
        "contactPhone",
        "please write only, I am hard of hearing and cannot take calls",
        "contactEmail",
        "ada@example.com");
    assertThat(stored().get("contact_phone").isNull()).isTrue();
    assertThat(stored().at("/metadata/phone_raw").asText()).startsWith("please write only");
  }

  @ParameterizedTest
  @CsvSource({
    "after 5pm 0412 345 678, +61412345678, +61412345678",
    "0412.345.678, +61412345678, +61412345678",
    "+1 650 253 0000 ext 9, +16502530000, +16502530000",
    "٠٤١٢٣٤٥٦٧٨, +61412345678, +61412345678",
    "ring the bell, ring the bell,",
    "12, 12,",
    "+61412345678, +61412345678, +61412345678"
  })
  void a_phone_number_is_kept_as_typed_beside_what_can_be_dialled(
      String typed, String phone, String e164) {
    submitted(Kind.URLENCODED, "contactName", "Ada", "contactPhone", typed);
    assertThat(stored().at("/metadata/phone_raw").asText()).isEqualTo(typed);
    assertThat(stored().get("contact_phone").asText()).isEqualTo(phone);
    assertThat(stored().get("contact_phone_e164").textValue()).isEqualTo(e164);
  }

  @Test
  void a_phone_number_may_be_any_text_of_40_characters() {
    assertThat(
            post(
                    Kind.URLENCODED,
                    "application/json",
                    "contactName",
                    "Ada",
                    "contactPhone",
                    "x".repeat(41))
                .statusCode())
        .isEqualTo(400);
    submitted(Kind.URLENCODED, "contactName", "Ada", "contactPhone", "x".repeat(40));
  }
}
