package com.callback.messaging.delivery.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.intake.submission.PublishedContract;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The lists of fallbacks as a business keeps them. */
@ServiceTest
class FallbacksTest {

  private static final String PATH = "/api/fallbacks";

  @Autowired Service service;

  Business business;

  @BeforeEach
  void a_business() {
    business = service.businessWithoutChannels();
  }

  @Test
  void what_was_asked_for_is_found_again_in_its_order() {
    assertThat(ask(200, "GET", null).get("fallbacks")).isEmpty();
    var wanted = "{\"fallbacks\":{\"email\":[\"sms\"],\"webhook\":[\"sms\",\"email\"]}}";

    assertThat(ask(200, "PUT", wanted)).isEqualTo(service.json(wanted));
    assertThat(ask(200, "GET", null)).isEqualTo(service.json(wanted));
  }

  @Test
  void new_lists_replace_all_old_ones_and_belong_to_one_business() {
    ask(200, "PUT", "{\"fallbacks\":{\"email\":[\"sms\"],\"webhook\":[\"sms\",\"email\"]}}");
    var fresh = "{\"fallbacks\":{\"webhook\":[\"email\",\"sms\"]}}";
    assertThat(ask(200, "PUT", fresh)).isEqualTo(service.json(fresh));

    var mine = business;
    business = service.businessWithoutChannels();
    assertThat(ask(200, "GET", null).get("fallbacks")).isEmpty();
    ask(200, "PUT", "{\"fallbacks\":{}}");
    business = mine;
    assertThat(ask(200, "GET", null)).isEqualTo(service.json(fresh));
  }

  @Test
  void of_several_that_come_at_once_one_stays_whole() {
    var lists = "{\"fallbacks\":{\"email\":[\"sms\"],\"sms\":[\"email\"]}}";
    IntStream.range(0, 6)
        .mapToObj(each -> CompletableFuture.supplyAsync(() -> ask(200, "PUT", lists)))
        .toList()
        .forEach(CompletableFuture::join);
    assertThat(ask(200, "GET", null)).isEqualTo(service.json(lists));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                          | fallbacks",
        "{`fallbacks`:null}                          | fallbacks",
        "{`fallbacks`:[`sms`]}                       | fallbacks",
        "{`fallbacks`:{`email`:`sms`}}               | fallbacks.email",
        "{`fallbacks`:{`email`:[7]}}                 | fallbacks.email.0",
        "{`fallbacks`:{`email`:[`sms`,`sms`]}}       | fallbacks.email",
        "{`fallbacks`:{`email`:[`sms`,`pigeon`]}}    | fallbacks.email.1",
        "{`fallbacks`:{`email`:[`webhook`]}}         | fallbacks.email.0",
        "{`fallbacks`:{`email`:[`email`]}}           | fallbacks.email.0",
        "{`fallbacks`:{`pigeon`:[`sms`]}}            | fallbacks.pigeon",
        "{`fallbacks`:{`email`:[`sms`]},`extra`:1}   | extra"
      })
  void what_is_wrong_is_named_with_what_to_do(String body, String field) {
    var errors = ask(400, "PUT", body.replace('`', '"')).get("errors");
    assertThat(errors).as(errors.toString()).hasSize(1);
    assertThat(errors.at("/0/field").asText()).isEqualTo(field);
    assertThat(errors.at("/0/detail").asText()).hasSizeGreaterThan(15).doesNotContain("Fix this");
    assertThat(ask(200, "GET", null).get("fallbacks")).isEmpty();
  }

  private JsonNode ask(int status, String method, String body) {
    var key = service.key(business, "deliveries:read", "deliveries:write");
    var answer = service.call(method, PATH, key, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    var json = service.json(answer.body());
    if (status == 200) {
      assertThat(PublishedContract.errors(PublishedContract.schema("Fallbacks"), json)).isEmpty();
    }
    return json;
  }
}
