package com.callback.messaging.delivery.channel.sms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.delivery.engine.AttemptFailedException;
import com.callback.messaging.delivery.engine.ClaimedAttempts;
import com.callback.messaging.delivery.engine.FailureKind;
import com.callback.messaging.delivery.engine.NeverDeliverableException;
import com.callback.messaging.delivery.engine.RetryPolicy;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** One response says of each message what became of it. */
class TouchSmsResponseTest {

  private final ClaimedAttempts claimed = new ClaimedAttempts("sms", "touchsms");
  private final SmsMessage ada = message("+61491570006", "Hello Ada");
  private final SmsMessage kim = message("+61491570156", "Hello Kim");

  @Test
  void each_message_is_found_by_its_reference() throws JsonProcessingException {
    var response =
        read(
            """
            {"data": {"messages": [{"status": "VALID", "to": "61491570006", "reference": "%s", "ulid": "01A"}],
              "errors": [{"status": "ERROR", "error_code": "INVALID_RECIPIENT", "to": "61491570006", "reference": "%s"}]}}
            """
                .formatted(id(ada), id(kim)));

    assertThat(response.of(ada).reference()).isEqualTo("01A");
    assertThatThrownBy(() -> response.of(kim))
        .isInstanceOf(NeverDeliverableException.class)
        .hasMessageContaining("INVALID_RECIPIENT");
  }

  @Test
  void without_references_a_message_is_found_by_its_number_and_text()
      throws JsonProcessingException {
    var response =
        read(
            """
            {"data": {"messages": [{"status": "VALID", "to": "61491570156", "body": "Hello Kim"}],
              "errors": [{"status": "ERROR", "error_code": "NEW_CODE", "to": "+61 491 570 006", "body": "Hello Ada", "reference": null}]}}
            """);

    assertThat(response.of(kim).reference()).isNull();
    assertThatThrownBy(() -> response.of(ada)).hasMessageEndingWith("NEW_CODE");
  }

  @Test
  void a_message_that_the_response_does_not_name_may_have_been_sent()
      throws JsonProcessingException {
    var response =
        read(
            "{\"data\": {\"messages\": [{\"status\": \"VALID\", \"reference\": \"%s\"}]}}"
                .formatted(id(ada)));

    assertThat(response.of(ada)).isNotNull();
    isUnknown(() -> response.of(kim));
  }

  @Test
  void the_answer_that_is_kept_of_a_message_has_nothing_of_the_others()
      throws JsonProcessingException {
    var response =
        read(
            """
            {"data": {"messages": [
              {"status": "VALID", "to": "61491570006", "body": "Hello Ada", "reference": "%s"},
              {"status": "VALID", "to": "61491570156", "body": "Hello Kim", "reference": "%s"}]}}
            """
                .formatted(id(ada), id(kim)));

    assertThat(response.of(ada).answer()).contains("Hello Ada").doesNotContain("Kim", "570156");
  }

  @Test
  void an_account_without_credit_has_sent_nothing_for_sure() throws JsonProcessingException {
    var response =
        read(
            """
            {"data": {"meta": {"hasSufficientCredits": false}, "messages": [{"status": "VALID", "reference": "%s"}],
              "errors": [{"status": "ERROR", "error_code": "INVALID_RECIPIENT", "reference": "%s"}]}}
            """
                .formatted(id(ada), id(kim)));

    isUnknown(() -> response.of(ada));
    assertThatThrownBy(() -> response.of(ada)).hasMessageContaining("too little credit");
    assertThatThrownBy(() -> response.of(kim)).isInstanceOf(NeverDeliverableException.class);
    var only =
        read("{\"data\": {\"meta\": {\"hasSufficientCredits\": false}, \"messages\": [{}]}}");
    isUnknown(() -> only.ofOnly(ada));
  }

  @Test
  void an_item_among_the_messages_may_be_an_error_too() throws JsonProcessingException {
    var response =
        read(
            "{\"data\": {\"messages\": [{\"status\": \"ERROR\", \"error_code\": \"OPTED_OUT\", \"reference\": \"%s\"}]}}"
                .formatted(id(ada)));

    assertThatThrownBy(() -> response.of(ada))
        .isInstanceOf(NeverDeliverableException.class)
        .hasMessageEndingWith("OPTED_OUT");
  }

  private static void isUnknown(org.assertj.core.api.ThrowableAssert.ThrowingCallable response) {
    assertThatThrownBy(response)
        .isInstanceOf(AttemptFailedException.class)
        .satisfies(e -> assertThat(RetryPolicy.kind(e)).isEqualTo(FailureKind.UNKNOWN));
  }

  private static TouchSmsResponse read(String body) throws JsonProcessingException {
    return TouchSmsResponse.read(new ObjectMapper(), body.getBytes(UTF_8));
  }

  private static String id(SmsMessage message) {
    return message.delivery().id().toString();
  }

  private SmsMessage message(String to, String text) {
    return new SmsMessage(claimed.reply(to, "{}"), text, new SmsText(false).size(text), "AU");
  }
}
