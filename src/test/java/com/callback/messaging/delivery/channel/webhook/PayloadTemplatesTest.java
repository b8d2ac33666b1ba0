package com.callback.messaging.delivery.channel.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.delivery.channel.webhook.PayloadTemplate.NoPayloadException;
import com.callback.messaging.intake.submission.PublishedContract;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A payload template makes JSON of every event of its subscription, or is refused. */
class PayloadTemplatesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> CREATED = List.of("message.created");

  private final PayloadTemplates templates = new PayloadTemplates();

  @Test
  void values_are_escaped_for_a_json_string() throws Exception {
    var typed = "\"}, {{type}} \\ \n\u2028 <b>";
    assertThat(fill("{\"a\": \"{{data.contactName}}\"}", Map.of("contactName", typed)))
        .isEqualTo(JSON.createObjectNode().put("a", typed).toString());
  }

  @Test
  void a_template_has_the_event_its_id_and_what_a_form_added() throws Exception {
    assertThat(
            fill(
                "{\"id\": \"{{id}}\", \"t\": \"{{type}}\", \"page\": \"{{data.metadata.page}}\", \"all\": \"{{data.metadata}}\", \"tags\": \"{{data.metadata.tags}}\"}",
                Map.of("metadata", JSON.readTree("{\"page\": \"/a\", \"tags\": [1, \"b\"]}"))))
        .isEqualTo(
            "{\"id\":\"the-id\",\"t\":\"message.created\",\"page\":\"/a\",\"all\":\"{\\\"page\\\":\\\"/a\\\",\\\"tags\\\":\\\"[1,\\\\\\\"b\\\\\\\"]\\\"}\",\"tags\":\"[1,\\\"b\\\"]\"}");
  }

  @Test
  void what_there_is_no_value_for_is_empty_and_a_section_can_leave_it_out() throws Exception {
    var template =
        "{\"a\": \"{{data.subject}}\"{{#data.contactEmail}}, \"mail\": \"{{.}}\"{{/data.contactEmail}}}";
    assertThat(fill(template, Map.of())).isEqualTo("{\"a\":\"\"}");
    assertThat(fill(template, Map.of("contactEmail", "a@b.c")))
        .isEqualTo("{\"a\":\"\",\"mail\":\"a@b.c\"}");
  }

  @Test
  void no_method_of_a_value_can_be_reached() throws Exception {
    assertThat(
            fill(
                "{\"a\": \"{{data.metadata.x.class.name}}{{data.metadata.x.length}}\"}",
                Map.of("metadata", Map.of("x", "y"))))
        .isEqualTo("{\"a\":\"\"}");
  }

  @Test
  void a_list_is_not_gone_through_so_that_nested_sections_take_no_longer() throws Exception {
    var nested = "{{#data.metadata.l}}".repeat(200) + "x" + "{{/data.metadata.l}}".repeat(200);
    var list = JSON.createArrayNode();
    for (int i = 0; i < 100; i++) {
      list.add(i);
    }
    assertThat(fill("{\"a\": \"" + nested + "\"}", Map.of("metadata", Map.of("l", list))))
        .isEqualTo("{\"a\":\"x\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\": \"{{data.name}}\"} | {{data.name}}",
        "{\"a\": \"{{contactName}}\"} | {{contactName}}",
        "{\"a\": \"{{data.status}}\"} | {{data.status}}",
        "{\"a\": \"{{#data.nothing}}x{{/data.nothing}}\"} | {{data.nothing}}",
        "{\"a\": \"{{^none}}x{{/none}}\"} | {{none}}",
        "{\"a\": \"{{data.contactName.length}}\"} | {{data.contactName.length}}",
        "{\"a\": \"{{> email/lead}}\"} | {{> email/lead}}",
      })
  void an_unknown_placeholder_is_named(String template, String named) {
    var problem = refusal(template, CREATED);
    assertThat(problem.status()).isEqualTo(422);
    assertThat(problem.errors())
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.field()).isEqualTo("payloadTemplate");
              assertThat(error.detail()).contains(named);
            });
  }

  @Test
  void a_field_within_its_section_is_known() {
    templates.check("{\"a\": \"{{#data}}{{contactName}}{{/data}}\"}", CREATED);
    templates.check("{\"a\": \"{{data.metadata.utm_source}}\"}", CREATED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "{\"a\": {{data.contactName}}}",
        "{\"a\": \"{{data.contactName}}\",}",
        "{\"a\": 1} {}",
        "[\"{{data.contactName}}\"]",
        "\"{{data.contactName}}\"",
        "  "
      })
  void what_makes_no_json_object_is_refused_with_what_it_makes(String template) {
    var problem = refusal(template, CREATED);
    assertThat(problem.status()).isEqualTo(422);
    assertThat(problem.errors().get(0).detail()).contains("message.created", "JSON");
    assertThat(problem.more().get("preview").toString()).doesNotContain("{{");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": \"{{{data.contactName}}}\"}",
        "{\"a\": \"{{&data.contactName}}\"}",
        "{{=<% %>=}}{\"a\": \"<%& data.contactName %>\"}",
        "{\"a\": \"{{#data}}\"}",
        "{\"a\": \"{{data.contactName\"}"
      })
  void what_is_unescaped_or_not_closed_is_refused(String template) {
    assertThat(refusal(template, CREATED).status()).isEqualTo(422);
  }

  @Test
  void every_event_type_of_the_subscription_is_tried_also_with_as_little_as_there_can_be() {
    var number = "{\"n\": {{data.attempts}}}";
    templates.check(number, List.of("delivery.failed"));
    assertThat(refusal(number, List.of("delivery.failed", "message.read")).errors().get(0).detail())
        .contains("message.read");
    var optional = "{\"a\": {{#data.error}}1{{/data.error}}}";
    assertThat(refusal(optional, List.of("delivery.failed")).errors().get(0).detail())
        .contains("delivery.failed");
  }

  @Test
  void a_result_of_more_than_64_kib_is_none() {
    assertThatThrownBy(
            () ->
                fill(
                    "{\"a\": \"" + "{{data.message}}".repeat(7) + "\"}",
                    Map.of("message", "x".repeat(10_000))))
        .isInstanceOf(NoPayloadException.class)
        .hasMessageContaining("64 KiB");
  }

  @ParameterizedTest
  @CsvSource({
    "message.created, LeadData",
    "message.read, StatusData",
    "message.unreached, UnreachedData",
    "message.reply_received, ReceivedReplyData",
    "delivery.failed, FailedData"
  })
  void examples_have_the_fields_of_the_contract(String type, String schema) {
    for (var example : ExampleEvents.of(type)) {
      assertThat(
              PublishedContract.errors(
                  PublishedContract.schema(schema), JSON.valueToTree(example.get("data"))))
          .as(type)
          .isEmpty();
    }
    var properties = PublishedContract.schema(schema).get("properties").fieldNames();
    assertThat(ExampleEvents.fields(List.of(type)))
        .containsExactlyInAnyOrderElementsOf(() -> properties);
  }

  private Problem refusal(String template, List<String> types) {
    try {
      templates.check(template, types);
    } catch (RequestRefusedException e) {
      return e.problem();
    }
    throw new AssertionError("Not refused: " + template);
  }

  private String fill(String template, Map<String, Object> data) throws NoPayloadException {
    var body = new HashMap<String, Object>();
    body.put("type", "message.created");
    body.put("data", data);
    return templates.fill(template, "the-id", body).toString();
  }
}
