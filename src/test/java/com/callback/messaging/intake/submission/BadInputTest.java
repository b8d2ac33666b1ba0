package com.callback.messaging.intake.submission;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.ServiceTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Leads in JSON that are malformed, too large or odd. */
@ServiceTest
class BadInputTest extends BadInput {

  @Test
  void all_wrong_fields_are_told_at_once() {
    var answer =
        post(
            """
            {"funnelId": "x", "businessId": "y", "type": "system", "contactName": " ", "contactPhone": "ring me",
             "contactEmail": "ada", "subject": "%s", "message": "%s", "priority": "now", "metadata": [], "surname": "L"}
            """
                .formatted("s".repeat(201), "m".repeat(2_001)));
    assertThat(fieldsOf(answer))
        .containsExactlyInAnyOrder(
            "funnelId",
            "businessId",
            "type",
            "contactName",
            "contactPhone",
            "contactEmail",
            "subject",
            "message",
            "priority",
            "metadata",
            "surname");
  }

  @Test
  void values_of_a_wrong_type_are_told_field_by_field() {
    assertThat(
            fieldsOf(
                post(
                    """
                    {"funnelId": 1, "contactName": null, "contactPhone": {}, "contactEmail": [1], "subject": true,
                     "message": 1.5, "priority": {"a": 1}, "metadata": "text"}
                    """)))
        .containsExactlyInAnyOrder(
            "funnelId",
            "contactName",
            "contactPhone",
            "contactEmail",
            "subject",
            "message",
            "priority",
            "metadata");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "[{}]",
        "null",
        "1",
        "true",
        "\"text\"",
        "{",
        "}",
        "{]",
        "{\"contactName\"}",
        "{'contactName': 'Ada'}",
        "{} {}",
        "{}x",
        "{},",
        "{\"a\": 1, \"a\": 2}",
        "{\"metadata\": {\"a\": 1, \"a\": 2}}",
        "NaN",
        "{\"metadata\": {\"a\": NaN}}",
        "{\"metadata\": {\"a\": 01}}",
        "{\"contactName\": \"a\nb\"}",
        "{\"contactName\": \"\\x41\"}",
        "\u0000",
        "{\"contactName\": \"\u0000\"}",
        "<lead/>",
        "// comment\n{}"
      })
  void what_is_no_json_object_is_refused(String body) {
    refused(post(body), 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "funnelId",
        "businessId",
        "type",
        "contactName",
        "contactPhone",
        "contactEmail",
        "subject",
        "message",
        "priority",
        "metadata.k",
        "metadata.k.0"
      })
  void what_cannot_be_stored_as_text_is_refused_in_every_field(String field) {
    var inside = field.replace("metadata.k", "");
    for (var text : List.of("a\\u0000b", "\\u0000", "a\\ud800b", "\\udc00", "\\ude00\\ud83d")) {
      var value =
          switch (inside) {
            case "" -> "{\"k\": \"%s\"}".formatted(text);
            case ".0" -> "{\"k\": [\"%s\"]}".formatted(text);
            default -> "\"%s\"".formatted(text);
          };
      var answer = post(leadWith("\"%s\": %s".formatted(field.split("\\.")[0], value)));
      assertThat(fieldsOf(answer)).as(text).containsExactly(field);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u0000", "a\\ud800", "\\udc00b"})
  void what_cannot_be_stored_as_text_is_refused_in_names_too(String name) {
    refused(post(leadWith("\"metadata\": {\"%s\": 1}".formatted(name))), 400);
    refused(post(leadWith("\"metadata\": {\"a\": [{\"%s\": 1}]}".formatted(name))), 400);
    refused(post(leadWith("\"%s\": 1".formatted(name))), 400);
  }

  @Test
  void bytes_that_are_not_utf_8_are_refused() {
    for (var wrong : List.of("\u00ff\u00fe", "\u00ed\u00a0\u0080", "\u00c3", "\u00c0\u0080")) {
      refused(
          post(JSON, leadWith("\"message\": \"%s\"".formatted(wrong)).getBytes(ISO_8859_1)), 400);
    }
  }

  @Test
  void a_body_in_another_charset_is_refused_and_not_garbled() {
    var lead = leadWith("\"message\": \"café\"");
    refused(post("Content-Type: application/json; charset=UTF-16\r\n", lead.getBytes(UTF_16)), 400);
    refused(
        post("Content-Type: application/json; charset=ISO-8859-1\r\n", lead.getBytes(ISO_8859_1)),
        400);
  }

  @Test
  void a_lead_nested_ten_thousand_levels_deep_is_refused() {
    var deep = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);
    refused(post(deep), 400);
    refused(post(leadWith("\"metadata\": " + deep.substring(0, 50_000))), 400);
    refused(post("[".repeat(60_000)), 400);
    refused(post(leadWith("\"metadata\": {\"a\": " + "[".repeat(40) + "]".repeat(40) + "}")), 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e400",
        "-1e400",
        "1e99999",
        "1e999999999",
        "1e99999999999999999999",
        "1e-400",
        "1e-99999",
        "1e-99999999999",
        "1.5e101"
      })
  void a_number_that_grows_beyond_bounds_when_written_out_is_refused(String number) {
    refused(post(leadWith("\"metadata\": {\"a\": {\"b\": [%s]}}".formatted(number))), 400);
    for (var field : List.of("funnelId", "type", "contactName", "priority", "metadata", "other")) {
      refused(post(leadWith("\"%s\": %s".formatted(field, number))), 400);
    }
  }

  @Test
  void an_integer_of_ten_thousand_digits_is_refused_and_one_of_a_hundred_stored() {
    refused(post(leadWith("\"metadata\": {\"a\": " + "9".repeat(10_000) + "}")), 400);
    accepted(post(leadWith("\"metadata\": {\"a\": " + "9".repeat(100) + ", \"b\": 1e99}")));
    assertThat(value("metadata ->> 'a'")).isEqualTo("9".repeat(100));
    assertThat(value("metadata ->> 'b'")).isEqualTo("1" + "0".repeat(99));
  }

  @Test
  void a_funnel_that_is_unknown_closed_or_of_another_business_is_not_found() {
    var unknown = lead().replace(business.funnel().toString(), UUID.randomUUID().toString());
    refused(post(unknown), 404);
    refused(post(leadWith("\"businessId\": \"%s\"".formatted(UUID.randomUUID()))), 404);
    refused(
        post(leadWith("\"businessId\": \"%s\"".formatted(service.businessWithoutChannels().id()))),
        404);
    service
        .database()
        .sql("update messaging.funnel_settings set is_active = false where funnel_id = ?")
        .param(business.funnel())
        .update();
    refused(post(lead()), 404);
    refused(post(FORM + FOR_MACHINES, form().getBytes(UTF_8)), 404);
    assertThat(post(FORM, form().getBytes(UTF_8)).status()).isEqualTo(404);
  }

  @Test
  void a_body_of_64_KiB_is_taken_and_one_byte_more_is_not() {
    var lead = lead();
    accepted(post(lead + " ".repeat(65_536 - lead.length())));
    refused(post(lead + " ".repeat(65_537 - lead.length())), 413);
  }

  @Test
  void a_large_body_is_refused_also_when_its_length_was_not_announced() {
    var body = multipart(UTF_8, "message", "x".repeat(70_000));
    refused(http.sendChunked("POST", "/api/messages", JSON, body), 413);
    refused(http.send("POST", "/api/messages", JSON, body), 413);
  }

  @Test
  void a_body_without_announced_length_is_taken_as_any_other() {
    accepted(http.sendChunked("POST", "/api/messages", JSON, lead().getBytes(UTF_8)));
    accepted(
        http.sendChunked("POST", "/api/messages", FORM + FOR_MACHINES, form().getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "application/jsonx",
        "application/problem+json",
        "application/x-www-form-urlencodedx",
        "multipart/mixed; boundary=b",
        "nonsense",
        "application/*",
        "*/*",
        "marker-in-a-type/x"
      })
  void another_media_type_is_refused(String type) {
    refused(post("Content-Type: " + type + "\r\n", lead().getBytes(UTF_8)), 415);
  }

  @Test
  void a_body_without_a_media_type_is_refused() {
    refused(post("", lead().getBytes(UTF_8)), 415);
    refused(post("Content-Type: \r\n", lead().getBytes(UTF_8)), 415);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${header.Authorization}",
        "${bean:submissions}",
        "${body}",
        "{{messaging.routes}}",
        "{{env:PATH}}",
        ":#x :#${body.funnelId} ?",
        "'; drop table messages; --",
        "$simple{body}",
        "#{T(java.lang.Runtime)}",
        "<script>alert(1)</script>",
        "{{{raw}}} {{#section}}",
        "%s %d %n",
        "\\\\ \\\" / \\b"
      })
  void texts_that_mean_something_to_a_machine_are_stored_as_they_are(String text) {
    var plain = text.replace("\\\\", "\\").replace("\\\"", "\"").replace("\\b", "\b");
    accepted(
        post(
            """
            {"funnelId": "%1$s", "contactName": "a %2$s", "contactEmail": "ada@example.com", "subject": "b %2$s",
             "message": "c %2$s", "metadata": {"%2$s": "d %2$s"}}
            """
                .formatted(business.funnel(), text)));
    assertThat(value("contact_name")).isEqualTo(Text.line("a " + plain));
    assertThat(value("subject")).isEqualTo(Text.line("b " + plain));
    assertThat(value("message")).isEqualTo("c " + plain);
    assertThat(
            service
                .database()
                .sql("select metadata ->> ? from public.messages where business_id = ?")
                .params(plain, business.id())
                .query(String.class)
                .single())
        .isEqualTo("d " + plain);
  }
}
