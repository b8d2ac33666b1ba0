package com.callback.messaging.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Forms, as browsers and page builders send them. */
@ServiceTest
class FormPostsTest {

  @Autowired Service service;
  Business business;

  /** How a form travels. */
  enum Kind {
    URLENCODED,
    MULTIPART
  }

  @BeforeEach
  void set_up() {
    business = service.businessWithoutChannels();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void what_people_type_arrives_as_typed(Kind kind) {
    submitted(
        kind,
        "contactName",
        "Zoë O'Neil 😀 & Söhne + 100%",
        "contactPhone",
        "+61 491 570 006",
        "contactEmail",
        "zoë+form@münchen.example",
        "subject",
        "a=b&c=d; \"quoted\"",
        "message",
        "1st line\r\n2nd line\n\r\n<b>bold</b> \\ 中文 \u202e",
        "priority",
        "urgent");
    var stored = stored();
    assertThat(stored.get("contact_name").asText()).isEqualTo("Zoë O'Neil 😀 & Söhne + 100%");
    assertThat(stored.get("contact_phone").asText()).isEqualTo("+61491570006");
    assertThat(stored.get("contact_phone_e164").asText()).isEqualTo("+61491570006");
    assertThat(stored.get("contact_email").asText()).isEqualTo("zoë+form@münchen.example");
    assertThat(stored.get("subject").asText()).isEqualTo("a=b&c=d; \"quoted\"");
    assertThat(stored.get("message").asText())
        .isEqualTo("1st line\n2nd line\n\n<b>bold</b> \\ 中文 \u202e");
    assertThat(stored.get("priority").asText()).isEqualTo("urgent");
    assertThat(stored.at("/metadata/phone_raw").asText()).isEqualTo("+61 491 570 006");
  }

  @Test
  void percent_signs_are_decoded_once() {
    send(
        Kind.URLENCODED,
        "application/json",
        ("funnelId="
                + business.funnel()
                + "&contactName=O%27Neil+%2527&contactPhone=%2B61491570006")
            .getBytes(UTF_8));
    assertThat(stored().get("contact_name").asText()).isEqualTo("O'Neil %27");
    assertThat(stored().get("contact_phone_e164").asText()).isEqualTo("+61491570006");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void fields_of_a_page_builder_are_kept_and_those_for_the_service_are_not(Kind kind) {
    submitted(
        kind,
        "contactName",
        "Ada",
        "contactName",
        "Grace",
        "contactEmail",
        "ada@example.com",
        "utm_source",
        "new & old",
        "größe",
        "XL",
        "interests",
        "roof",
        "interests",
        "battery",
        "/a/b",
        "1",
        "/a/b",
        "2",
        "metadata",
        "{}",
        "empty",
        "",
        "blank",
        " \u00a0",
        "CamelHttpServletRequest",
        "x",
        "_key",
        "k",
        "_csrf",
        "t");
    assertThat(stored().get("contact_name").asText()).isEqualTo("Ada");
    assertThat(stored().get("metadata"))
        .isEqualTo(
            service.json(
                """
                {"form": {"utm_source": "new & old", "größe": "XL", "interests": ["roof", "battery"], "/a/b": ["1", "2"], "metadata": "{}",
                 "CamelHttpServletRequest": "x"}}
                """));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void blank_fields_count_as_left_out(Kind kind) {
    submitted(
        kind,
        "businessId",
        "",
        "type",
        " ",
        "contactName",
        " Ada ",
        "contactPhone",
        "\u00a0 ",
        "contactEmail",
        " ada@example.com\t",
        "subject",
        "",
        "message",
        "\r\n",
        "priority",
        "");
    assertThat(stored().get("contact_name").asText()).isEqualTo("Ada");
    assertThat(stored().get("contact_phone").isNull()).isTrue();
    assertThat(stored().get("contact_email").asText()).isEqualTo("ada@example.com");
    assertThat(stored().get("subject").isNull()).isTrue();
    assertThat(stored().get("message").isNull()).isTrue();
    assertThat(stored().get("priority").asText()).isEqualTo("medium");
    assertThat(stored().get("metadata")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void further_fields_beyond_8_KiB_are_refused(Kind kind) {
    var frame = "{\"form\":{\"a\":\"\"}}".length();
    var fitting = "x".repeat(8_192 - frame);
    var answer =
        post(
            kind,
            "application/json",
            "contactName",
            "Ada",
            "contactEmail",
            "a@b.example",
            "a",
            fitting + "x");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(service.json(answer.body()).at("/errors/0/field").asText()).isEqualTo("metadata");
    submitted(kind, "contactName", "Ada", "contactEmail", "a@b.example", "a", fitting);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void a_new_line_counts_as_one_character(Kind kind) {
    var lines = IntStream.range(0, 1_000).mapToObj(line -> "a\r\n").collect(Collectors.joining());
    assertThat(
            post(
                    kind,
                    "application/json",
                    "contactName",
                    "Ada",
                    "contactEmail",
                    "a@b.example",
                    "message",
                    lines + "a")
                .statusCode())
        .isEqualTo(400);
    submitted(kind, "contactName", "Ada", "contactEmail", "a@b.example", "message", lines);
    assertThat(stored().get("message").asText()).hasSize(2_000);
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

  @ParameterizedTest
  @EnumSource(Kind.class)
  void a_browser_is_sent_to_the_thank_you_page_with_the_reference(Kind kind) {
    var answer =
        post(kind, "text/html,*/*;q=0.8", "contactName", "Ada", "contactEmail", "a@b.example");
    var reference = Reference.of(UUID.fromString(stored().get("id").asText()));
    assertThat(answer.statusCode()).isEqualTo(303);
    var location = answer.headers().firstValue("Location").orElseThrow();
    assertThat(location).isEqualTo("/f/" + business.funnel() + "/thanks?ref=" + reference);
    var page = service.get(location);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains(reference).contains("Test business");
  }

  @Test
  void a_form_without_any_Accept_is_a_browsers_too() {
    assertThat(
            post(Kind.URLENCODED, null, "contactName", "Ada", "contactEmail", "a@b.example")
                .statusCode())
        .isEqualTo(303);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void a_script_that_asks_for_json_is_answered_in_json(Kind kind) {
    var taken = post(kind, "application/json", "contactName", "Ada", "contactEmail", "a@b.example");
    assertThat(taken.statusCode()).isEqualTo(202);
    assertThat(service.json(taken.body()).get("id")).isEqualTo(stored().get("id"));
    var refused = post(kind, "application/json, text/plain", "contactName", "Ada");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void a_refused_form_comes_back_with_everything_typed_in_place(Kind kind) {
    var answer =
        post(
            kind,
            "text/html",
            "contactName",
            "\"><script>alert('name')</script>",
            "contactPhone",
            "",
            "contactEmail",
            "ada@@example.com\" onfocus=\"x",
            "message",
            "\nfirst & second</textarea><script>alert('message')</script>");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
    assertThat(answer.body())
        .doesNotContain("<script>", "\" onfocus")
        .contains("action=\"/api/messages\"")
        .contains("value=\"" + business.funnel() + "\"")
        .contains("value=\"&quot;&gt;&lt;script&gt;alert(&#39;name&#39;)&lt;/script&gt;\"")
        .contains("value=\"ada@@example.com&quot; onfocus")
        .contains(">\n\nfirst &amp; second&lt;/textarea&gt;")
        .contains("id=\"contactEmail-error\"")
        .contains(
            PublishedContract.schema("NewMessageForm")
                .at("/properties/contactEmail/x-remedy")
                .asText())
        .doesNotContain("id=\"contactName-error\"", "id=\"message-error\"");
    assertThat(rows()).isZero();
  }

  @Test
  void a_refused_form_names_what_is_wrong_in_fields_it_does_not_show() {
    var answer =
        post(
            Kind.URLENCODED,
            "text/html",
            "contactName",
            "Ada",
            "contactEmail",
            "a@b.example",
            "priority",
            "now",
            "a",
            "x".repeat(9_000));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("priority: ", "metadata: ");
  }

  @Test
  void a_form_that_names_no_funnel_is_told_so_on_a_page() {
    for (var funnel :
        List.of("", "&funnelId=", "&funnelId=%00", "&funnelId=demo", "&funnelId=' or 1=1")) {
      var answer =
          send(
              Kind.URLENCODED,
              "text/html",
              ("contactName=Ada&contactPhone=1" + funnel.replace(" ", "+")).getBytes(UTF_8));
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("funnelId: Give the funnel");
    }
  }

  @Test
  void a_form_of_an_unknown_funnel_is_told_so_on_a_page() {
    var answer =
        send(
            Kind.URLENCODED,
            "text/html",
            ("contactName=Ada&contactPhone=1&funnelId=" + UUID.randomUUID()).getBytes(UTF_8));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("This form is not here");
  }

  @Test
  void a_file_in_a_form_leaves_its_name_only() {
    var answer =
        send(
            Kind.MULTIPART,
            "application/json",
            """
            --b
            Content-Disposition: form-data; name="funnelId"

            %s
            --b
            Content-Disposition: form-data; name="contactName"

            Ada
            --b
            Content-Disposition: form-data; name="contactEmail"

            a@b.example
            --b
            Content-Disposition: form-data; name="roof"; filename="roof.jpg"
            Content-Type: image/jpeg

            %s
            --b--
            """
                .formatted(business.funnel(), "x".repeat(20_000))
                .replace("\n", "\r\n")
                .getBytes(UTF_8));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(stored().get("metadata"))
        .isEqualTo(service.json("{\"form\": {\"roof\": \"roof.jpg\"}}"));
  }

  private void submitted(Kind kind, String... fields) {
    var answer = post(kind, "application/json", fields);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
  }

  private HttpResponse<String> post(Kind kind, String accept, String... fields) {
    var all =
        Stream.concat(Stream.of("funnelId", business.funnel().toString()), Stream.of(fields))
            .toList();
    var pairs =
        IntStream.range(0, all.size() / 2)
            .mapToObj(index -> Map.entry(all.get(2 * index), all.get(2 * index + 1)))
            .toList();
    return send(
        kind,
        accept,
        (kind == Kind.MULTIPART ? multipart(pairs) : urlencoded(pairs)).getBytes(UTF_8));
  }

  private static String urlencoded(List<Map.Entry<String, String>> fields) {
    return fields.stream()
        .map(
            field ->
                URLEncoder.encode(field.getKey(), UTF_8)
                    + "="
                    + URLEncoder.encode(field.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static String multipart(List<Map.Entry<String, String>> fields) {
    return fields.stream()
            .map(
                field ->
                    "--b\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                        .formatted(field.getKey(), field.getValue()))
            .collect(Collectors.joining())
        + "--b--\r\n";
  }

  private HttpResponse<String> send(Kind kind, String accept, byte[] body) {
    HttpRequest.Builder request =
        service
            .request(
                "/api/messages",
                kind == Kind.MULTIPART
                    ? "multipart/form-data; boundary=b"
                    : "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofByteArray(body));
    return service.send(accept == null ? request : request.header("Accept", accept));
  }

  private JsonNode stored() {
    return service.json(
        service
            .database()
            .sql("select to_jsonb(m) from public.messages m where business_id = ?")
            .param(business.id())
            .query(String.class)
            .single());
  }

  private long rows() {
    return service
        .database()
        .sql("select count(*) from public.messages where business_id = ?")
        .param(business.id())
        .query(Long.class)
        .single();
  }
}
