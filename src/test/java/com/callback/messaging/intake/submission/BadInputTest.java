package com.callback.messaging.intake.submission;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.RawHttp;
import com.callback.messaging.support.RawHttp.Answer;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Whatever is sent, a caller is told what to mend: never a fault of ours, never anything internal,
 * never what its own headers held ({@link RawHttp} looks at each answer). Nothing refused is
 * stored.
 */
@ServiceTest
class BadInputTest {

  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
  private static final String MULTIPART = "Content-Type: multipart/form-data; boundary=b\r\n";
  private static final String FOR_MACHINES = "Accept: application/json\r\n";
  private static final String PROBLEM = "application/problem+json";

  @Autowired Service service;
  Business business;
  RawHttp http;
  int accepted;

  @BeforeEach
  void set_up() {
    business = service.businessWithoutChannels();
    http = new RawHttp(service);
  }

  @AfterEach
  void nothing_refused_is_stored() {
    assertThat(rowsOf("public.messages")).isEqualTo(accepted);
    // That it came in, and that there is no channel to tell anybody.
    assertThat(rowsOf("messaging.message_events")).isEqualTo(2 * accepted);
    assertThat(rowsOf("messaging.deliveries")).isZero();
  }

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
  void a_form_of_many_long_hidden_fields_is_stored_with_as_much_as_there_is_room_for() {
    var many = new String[16];
    for (int i = 0; i < many.length; i += 2) {
      many[i] = "field" + i;
      many[i + 1] = "x".repeat(7_000);
    }
    accepted(
        http.sendChunked(
            "POST", "/api/messages", MULTIPART + FOR_MACHINES, multipart(UTF_8, many)));
    assertThat(value("octet_length(metadata::text)")).asInt().isBetween(6_000, 9_000);
    assertThat(value("metadata -> 'form' ->> 'field0'")).startsWith("xxx").endsWith("… (cut)");
  }

  @Test
  void a_form_that_is_too_large_is_refused_on_a_page() {
    for (var accept : List.of("", "Accept: text/html\r\n")) {
      var page = post(FORM + accept, padded(form() + "&a=", 65_537));
      assertThat(page.status()).isEqualTo(413);
      assertThat(page.type()).isEqualTo("text/html");
      assertThat(page.body()).contains("too large");
    }
    refused(post(FORM + FOR_MACHINES, padded(form() + "&a=", 65_537)), 413);
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
        "canary-in-a-type/x"
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
  @CsvSource({
    "PUT, /api/messages, 'GET, POST'",
    "PATCH, /api/messages, 'GET, POST'",
    "DELETE, /api/messages, 'GET, POST'",
    "FOO, /api/messages, 'GET, POST'",
    "POST, /sandbox/messages, GET",
    "PUT, /f/demo, 'GET, POST'",
    "DELETE, /f/demo/thanks, GET"
  })
  void another_method_is_refused_with_those_there_are(String method, String path, String allowed) {
    var answer = http.send(method, path);
    refused(answer, 405);
    assertThat(answer.headers().get("allow").split(", "))
        .containsExactlyInAnyOrder(allowed.split(", "));
  }

  @Test
  void methods_that_ask_about_an_address_tell_no_secrets() {
    assertThat(http.send("HEAD", "/api/messages").status()).isIn(401, 405);
    assertThat(http.send("OPTIONS", "/api/messages").headers().get("allow")).contains("POST");
    assertThat(http.send("TRACE", "/api/messages").status()).isEqualTo(405);
    assertThat(http.send("TRACE", "/").status()).isEqualTo(405);
    assertThat(http.send("OPTIONS", "*").status()).isLessThan(500);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nope",
        "/inboxes",
        "/api",
        "/api/",
        "/api/messages/",
        "/api//messages",
        "/api/messages/x/y",
        "/api/%2e%2e/",
        "/api/messages.json",
        "/error",
        "/actuator/env",
        "/assets/",
        "/assets/nope.css",
        "/assets/%2e%2e/application.yaml",
        "/META-INF/spring.factories"
      })
  void an_unknown_address_is_a_problem_of_its_own(String path) {
    refused(http.send("GET", path), 404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/%00",
        "/api/messages%00",
        "/%zz",
        "/%",
        "/%ff",
        "/../etc/passwd",
        "/api/%2e%2e/%2e%2e/etc/passwd",
        "/api/..%2f..%2fetc",
        "/a\\b",
        "/{{x}}",
        "/api/messages?<script>",
        "nothing",
        "/f/a%00b",
        "/f/demo/thanks?ref=<script>"
      })
  void a_malformed_address_is_refused(String path) {
    refused(http.send("GET", path), 400);
    refused(http.send("POST", path, JSON, lead().getBytes(UTF_8)), 400);
  }

  @Test
  void what_hangs_on_the_address_changes_nothing() {
    for (var target :
        List.of(
            "/api/messages;x=1",
            "/api/messages;",
            "/api/messages?funnelId=1&contactName=&body=x",
            "/api/messages?CamelSqlQuery=select&CamelHttpServletRequest=x&CamelHttpResponseCode=500")) {
      accepted(http.send("POST", target, JSON, lead().getBytes(UTF_8)));
      accepted(http.send("POST", target, FORM + FOR_MACHINES, form().getBytes(UTF_8)));
    }
    accepted(
        post(
            JSON
                + "CamelHttpResponseCode: 500\r\nCamelSqlQuery: select 1\r\nCamelHttpServletRequest: x\r\n"
                + "funnelId: x\r\nbody: x\r\nsubmission: x\r\n",
            lead().getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%zz", "%", "a=1%", "=x", "a=%ff", "a=%c3%28", "&&a=b=c&=", "a=%00"})
  void a_malformed_parameter_in_the_address_never_costs_a_lead(String query) {
    var target = "/api/messages?" + query;
    accepted(http.send("POST", target, FORM + FOR_MACHINES, form().getBytes(UTF_8)));
    accepted(http.send("POST", target, JSON, lead().getBytes(UTF_8)));
    accepted(http.send("POST", target, MULTIPART + FOR_MACHINES, multipart(UTF_8)));
  }

  @Test
  void a_thousand_parameters_in_the_address_never_cost_a_lead() {
    a_malformed_parameter_in_the_address_never_costs_a_lead("a=1&".repeat(1_100));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%z", "%zz", "%4", "a%4"})
  void a_percent_sign_in_a_form_that_begins_nothing_stands_for_itself(String text) {
    accepted(
        post(
            FORM + FOR_MACHINES,
            (form() + "&message=" + text + "&" + text + "=x").getBytes(UTF_8)));
    assertThat(value("message")).isEqualTo(text);
    assertThat(value("metadata #>> '{form,%s}'".formatted(text))).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "&", "&&=&=x&a", "=", "a", "%00=%00", "funnelId", "contactName=x&contactName"})
  void an_odd_form_is_refused_with_what_it_lacks(String form) {
    assertThat(fieldsOf(post(FORM + FOR_MACHINES, form.getBytes(UTF_8)))).contains("funnelId");
    assertThat(post(FORM, form.getBytes(UTF_8)).status()).isEqualTo(400);
  }

  @Test
  void what_cannot_be_stored_as_text_is_refused_in_forms_too() {
    for (var field : List.of("contactName", "subject", "message", "contactEmail")) {
      var answer =
          post(
              FORM + FOR_MACHINES,
              (form().replace("&" + field + "=", "&_x=") + "&" + field + "=a%00b").getBytes(UTF_8));
      assertThat(fieldsOf(answer)).hasSize(1).first().asString().endsWith(field);
    }
    accepted(post(FORM + FOR_MACHINES, (form() + "&a%00b=x%00y").getBytes(UTF_8)));
    assertThat(value("metadata -> 'form' ->> 'ab'")).as("a hidden field").isEqualTo("xy");
    refused(post(MULTIPART + FOR_MACHINES, multipart(UTF_8, "message", "a\u0000b")), 400);
  }

  @Test
  void a_malformed_multipart_body_is_refused() {
    for (var headers :
        List.of(
            MULTIPART,
            "Content-Type: multipart/form-data\r\n",
            "Content-Type: multipart/form-data; boundary=\r\n",
            "Content-Type: multipart/form-data; boundary=other\r\n")) {
      for (var body :
          List.of(
              "",
              "nonsense",
              "--b",
              "--b\r\n\r\n",
              "--b\r\nContent-Disposition: form-data; name=\"contactName\"\r\n\r\nAda",
              "--b\r\nContent-Disposition: form-data\r\n\r\nAda\r\n--b--\r\n",
              "--b\r\nContent-Disposition: form-data; name=\"a\r\n\r\nAda\r\n--b--\r\n")) {
        // A type that is none by its own grammar is not looked into.
        var status = headers.endsWith("boundary=\r\n") ? 415 : 400;
        refused(post(headers + FOR_MACHINES, body.getBytes(UTF_8)), status);
        assertThat(post(headers, body.getBytes(UTF_8)).status()).isEqualTo(status);
      }
    }
  }

  @Test
  void a_form_of_many_parts_is_taken() {
    var fields =
        IntStream.range(0, 600)
            .mapToObj(index -> index % 2 == 0 ? "f" + index : "x")
            .toArray(String[]::new);
    accepted(post(MULTIPART + FOR_MACHINES, multipart(UTF_8, fields)));
    assertThat(value("metadata -> 'form' ->> 'f598'")).isEqualTo("x");
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

  private Answer post(String json) {
    return post(JSON, json.getBytes(UTF_8));
  }

  private Answer post(String headers, byte[] body) {
    return http.send("POST", "/api/messages", headers, body);
  }

  private void accepted(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    accepted++;
  }

  private void refused(Answer answer, int status) {
    assertThat(answer.status()).as(answer.all()).isEqualTo(status);
    assertThat(answer.type()).isEqualTo(PROBLEM);
    var problem = service.json(answer.body());
    assertThat(PublishedContract.errors(PublishedContract.schema("Problem"), problem)).isEmpty();
    assertThat(problem.get("status").asInt()).isEqualTo(status);
  }

  private List<String> fieldsOf(Answer answer) {
    refused(answer, 400);
    return StreamSupport.stream(service.json(answer.body()).get("errors").spliterator(), false)
        .map(error -> error.get("field").asText())
        .toList();
  }

  private String lead() {
    return leadWith("\"subject\": \"Solar\"");
  }

  /** A lead that is fine but for the given member, which comes instead of the usual one. */
  private String leadWith(String member) {
    var name = member.substring(1, member.indexOf('"', 1));
    var usual = new LinkedHashMap<String, String>();
    usual.put("funnelId", business.funnel().toString());
    usual.put("contactName", "Ada");
    usual.put("contactPhone", "0412 345 678");
    usual.remove(name);
    var rest = new StringBuilder();
    usual.forEach((key, value) -> rest.append(", \"%s\": \"%s\"".formatted(key, value)));
    return "{" + member + rest + "}";
  }

  private String form() {
    return "funnelId=" + business.funnel() + "&contactName=Ada&contactPhone=0412+345+678";
  }

  private static byte[] padded(String text, int length) {
    return (text + "x".repeat(length - text.length())).getBytes(UTF_8);
  }

  private byte[] multipart(Charset charset, String... fields) {
    var body = new ByteArrayOutputStream();
    part(body, charset, "funnelId", business.funnel().toString());
    part(body, charset, "contactName", "Ada");
    part(body, charset, "contactPhone", "0412 345 678");
    for (int i = 0; i < fields.length; i += 2) {
      part(body, charset, fields[i], fields[i + 1]);
    }
    body.writeBytes("--b--\r\n".getBytes(UTF_8));
    return body.toByteArray();
  }

  private static void part(ByteArrayOutputStream body, Charset charset, String name, String value) {
    body.writeBytes(
        "--b\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
            .formatted(name, value)
            .getBytes(charset));
  }

  private long rowsOf(String table) {
    return service
        .database()
        .sql("select count(*) from " + table + " where business_id = ?")
        .param(business.id())
        .query(Long.class)
        .single();
  }

  private String value(String expression) {
    return service
        .database()
        .sql("select " + expression + " from public.messages where business_id = ?")
        .param(business.id())
        .query(String.class)
        .single();
  }
}
