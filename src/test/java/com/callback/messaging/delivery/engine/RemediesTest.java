package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator or a business can do about an answer is said with it. */
class RemediesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "535 | AUTH | 535 5.7.8 no | SPRING_MAIL_PASSWORD",
        "421 | RCPT TO:<a@b.c> | 421 later | lower CHANNELS_EMAIL_IN_FLIGHT",
        "451 | | 451 later | lower CHANNELS_EMAIL_IN_FLIGHT",
        "554 | | 554 no | turns this service away at its greeting",
        "502 | EHLO localhost | 502 what | CHANNELS_EMAIL_EHLO_NAME",
        "550 | MAIL FROM:<a@b.c> | 550 5.1.8 no | CHANNELS_EMAIL_FROM",
        "550 | RCPT TO:<a@b.c> | 550 5.1.1 who | it knows no such address",
        "556 | DATA | 556 nowhere | it knows no such address",
        "452 | DATA | 452 full | the mailbox is full",
        "450 | DATA | 450 busy | the mailbox takes nothing at the moment",
        "451 | DATA | 451 oh | it has trouble of its own",
        "471 | DATA | 471 oh | it has trouble of its own",
        "500 | DATA | 500 what | it did not understand this service",
        "554 | . | 554 no | its policy refuses the mail",
        "552 | . | 552 5.2.2 full | the mailbox is full",
        "550 | . | 550 5.2.1 off | the mailbox takes nothing at the moment",
        "550 | . | 550 5.3.0 oh | it has trouble of its own",
        "550 | . | 550 5.4.4 oh | it has trouble of its own",
        "550 | . | 550 5.5.1 what | it did not understand this service",
        "550 | . | 550 5.6.1 no | it cannot carry a mail of this kind",
        "550 | . | 550 5.7.1 no | check SPF, DKIM and DMARC",
        "450 | . | 450 4.7.1 wait | it has trouble of its own",
        "550 | . | 550 5.0.0 no | it does not say why"
      })
  void an_smtp_answer_says_what_to_do(int code, String command, String text, String remedy) {
    assertThat(SmtpRemedies.sentence(SmtpReply.of(code, command, text)))
        .startsWith("The mail server responded " + code)
        .contains(remedy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | check the credentials",
        "402 | the account there must be paid up",
        "404 | check the address",
        "410 | it wants nothing more",
        "429 | it takes no more at the moment"
      })
  void an_http_answer_says_what_to_do(int status, String remedy) {
    assertThat(sentence(status, null)).contains(": " + remedy);
  }

  @Test
  void an_http_answer_that_speaks_for_itself_has_no_remedy() {
    assertThat(sentence(500, null)).endsWith("500");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "{\"errors\":[{\"message\":\"The subject is required\",\"field\":\"subject\"}]} | subject: The subject is required",
        "{\"errors\":[{\"message\":\"Bad Request\",\"field\":null,\"help\":{}}]} | Bad Request",
        "{\"errors\":[{\"message\":\"Bad Request\",\"field\":\"null\"}]} | Bad Request",
        "{\"errors\":[{\"message\":\"a\"},{\"message\":\"b\"},{\"message\":\"c\"},{\"message\":\"d\"}]} | a; b; c",
        "{\"errors\":[{\"error\":\"x\"},7]} | ``",
        "{\"errors\":\"none\"} | ``",
        "{\"errors\": | ``",
        "<html> | ``",
        "`` | ``"
      })
  void the_errors_that_a_provider_lists_are_said(String answer, String sentence) {
    var refusal = new UnsuccessfulResponseException(400, FailureKind.PERMANENT, answer, null, null);
    assertThat(HttpRemedies.sentence(refusal))
        .isEqualTo("The remote server responded 400" + (sentence.isEmpty() ? "" : ": " + sentence));
  }

  @Test
  void a_redirect_names_the_address_to_set_and_no_more_of_it_than_fits() {
    assertThat(sentence(301, "https://new.example.com/hook\r\n"))
        .contains("it has moved to https://new.example.com/hook and redirects are not followed");
    assertThat(sentence(302, "https://new.example.com/" + "x".repeat(600))).contains("x... and");
    assertThat(sentence(307, null)).contains("set the address that answers by itself");
    assertThat(sentence(308, " \n ")).contains("set the address that answers by itself");
  }

  private static String sentence(int status, String location) {
    return HttpRemedies.sentence(
        new UnsuccessfulResponseException(status, FailureKind.TEMPORARY, "", location, null));
  }
}
