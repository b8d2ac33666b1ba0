package com.callback.messaging.intake.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.MultipartBody;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
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
import org.junit.jupiter.params.provider.ValueSource;
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
  void further_fields_beyond_8_KiB_are_cut_and_say_so(Kind kind) {
    submitted(
        kind,
        "contactName",
        "Ada",
        "contactEmail",
        "a@b.example",
        "hs_context",
        "x".repeat(9_000),
        "budget",
        "5000");
    var form = stored().at("/metadata/form");
    assertThat(form.get("hs_context").asText()).endsWith("xxx… (cut)").hasSizeGreaterThan(8_000);
    assertThat(form.get("budget").asText()).isEqualTo("5000");
    assertThat(form.toString().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(8_192);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void further_fields_of_8_KiB_are_kept_whole(Kind kind) {
    var frame = "{\"form\":{\"a\":\"\"}}".length();
    var fitting = "x".repeat(8_192 - frame);
    submitted(kind, "contactName", "Ada", "contactEmail", "a@b.example", "a", fitting);
    assertThat(stored().at("/metadata/form/a").asText()).isEqualTo(fitting);
  }

  @Test
  void of_five_thousand_further_fields_the_first_ones_are_kept() {
    var fields = new ArrayList<>(List.of("contactName", "Ada", "contactEmail", "a@b.example"));
    for (int i = 0; i < 5_000; i++) {
      fields.addAll(List.of("f" + i, "1"));
    }
    submitted(Kind.URLENCODED, fields.toArray(String[]::new));
    var form = stored().at("/metadata/form");
    var kept = form.size() - 1;
    assertThat(kept).isGreaterThan(700);
    assertThat(form.get("f0").asText()).isEqualTo("1");
    assertThat(form.has("f" + (kept - 1))).isTrue();
    assertThat(form.get("(further fields)").asText()).isEqualTo(5_000 - kept + " left out");
    assertThat(form.toString().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(8_192);
  }

  @ParameterizedTest
  @CsvSource({
    "J%F6rg,",
    "J%F6rg, iso-8859-1",
    "J%C3%B6rg,",
    "J%94rg, ibm437",
    "J%F6rg, nonsense",
    "J%C3%B6rg, ?"
  })
  void a_form_that_is_not_in_UTF_8_is_read_as_it_says_or_as_Windows_1252(
      String name, String charset) {
    var type = "application/x-www-form-urlencoded" + (charset == null ? "" : ";charset=" + charset);
    var body =
        "funnelId=%s&contactName=%s&contactPhone=0491570006".formatted(business.funnel(), name);
    assertThat(
            service
                .send(
                    service
                        .request("/api/messages", type)
                        .header("Accept", "application/json")
                        .POST(BodyPublishers.ofString(body)))
                .statusCode())
        .isEqualTo(202);
    assertThat(stored().get("contact_name").asText()).isEqualTo("Jörg");
  }

  @Test
  void a_form_names_its_charset_in_a_field() {
    send(
        Kind.URLENCODED,
        "application/json",
        "funnelId=%s&contactName=%%C8%%E2%%E0%%ED&contactPhone=0491570006&_charset_=windows-1251"
            .formatted(business.funnel())
            .getBytes(UTF_8));
    assertThat(stored().get("contact_name").asText()).isEqualTo("Иван");
    assertThat(stored().at("/metadata/form").isMissingNode()).isTrue();
  }

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

  @Test
  void JSON_may_begin_with_a_byte_order_mark_and_write_a_priority_with_a_capital() {
    var answer =
        service.post(
            "\ufeff{\"funnelId\":\"%s\",\"contactName\":\"Ada\",\"contactPhone\":\"0491 570 006\",\"contactEmail\":\"none\",\"priority\":\"High\"}"
                .formatted(business.funnel()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(stored().get("priority").asText()).isEqualTo("high");
    assertThat(stored().at("/metadata/email_raw").asText()).isEqualTo("none");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void fields_with_an_underscore_and_odd_priorities_are_kept(Kind kind) {
    submitted(
        kind,
        "contactName",
        "Ada",
        "_replyto",
        "ada@example.com",
        "_budget",
        "5000",
        "priority",
        "High",
        "type",
        "quote",
        "_token",
        "laravel");
    assertThat(stored().get("contact_email").asText()).isEqualTo("ada@example.com");
    assertThat(stored().get("priority").asText()).isEqualTo("high");
    assertThat(stored().get("metadata"))
        .isEqualTo(service.json("{\"form\": {\"_budget\": \"5000\", \"type\": \"quote\"}}"));
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
  void a_form_at_the_address_of_its_funnel_need_not_name_it(Kind kind) {
    var fields =
        List.of(Map.entry("contactName", "Ada"), Map.entry("contactPhone", "0491 570 006"));
    var body = kind == Kind.MULTIPART ? MultipartBody.of(fields) : urlencoded(fields);
    var taken = send("/f/" + business.slug(), kind, "text/html", body.getBytes(UTF_8));
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(303);
    assertThat(stored().path("funnel_id").asText()).isEqualTo(business.funnel().toString());

    var nowhere = send("/f/nothing-here", kind, "text/html", body.getBytes(UTF_8));
    assertThat(nowhere.statusCode()).isEqualTo(400);
    assertThat(nowhere.body()).contains("funnelId");
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
        .contains("action=\"/f/" + business.slug() + "\"")
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

  @ParameterizedTest
  @EnumSource(Kind.class)
  void the_hosted_form_is_taken_at_its_own_address(Kind kind) {
    var answer = hosted(kind, "contactName", "Ada", "contactPhone", "0491570006");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location").orElseThrow()).contains("/thanks?ref=");
    assertThat(stored().path("contact_phone_e164").asText()).isEqualTo("+61491570006");
  }

  @Test
  void the_hosted_form_is_shown_again_at_its_own_address() {
    var answer = hosted(Kind.URLENCODED, "contactPhone", "0491570006");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("id=\"contactName-error\"", "value=\"0491570006\"");
    assertThat(rows()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "12"})
  void the_hosted_form_asks_once_about_a_number_that_cannot_be_one_and_then_takes_it(
      String number) {
    var asked = hosted(Kind.URLENCODED, "contactName", "Ada", "contactPhone", number);
    assertThat(asked.statusCode()).isEqualTo(400);
    assertThat(asked.body())
        .contains("This does not look like a phone number. Check it, or send it as it is.")
        .contains("type=\"hidden\" name=\"_phone_asked\" value=\"yes\"");
    assertThat(rows()).isZero();

    var again =
        hosted(
            Kind.URLENCODED, "contactName", "Ada", "contactPhone", number, "_phone_asked", "yes");
    assertThat(again.statusCode()).as(again.body()).isEqualTo(303);
    assertThat(stored().path("contact_phone").asText()).isEqualTo(number);
    assertThat(stored().at("/metadata/form").isMissingNode()).isTrue();
  }

  @Test
  void the_question_about_a_number_is_not_asked_again_when_something_else_is_wrong() {
    var answer = hosted(Kind.URLENCODED, "contactPhone", "abc", "_phone_asked", "yes");
    assertThat(answer.body())
        .contains("id=\"contactName-error\"", "name=\"_phone_asked\" value=\"yes\"")
        .doesNotContain("This does not look like a phone number");
  }

  @Test
  void a_number_that_is_one_is_no_question() {
    var answer =
        hosted(Kind.URLENCODED, "contactName", "Ada", "contactPhone", "0491 570 006 after five");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
  }

  @Test
  void a_form_of_another_page_is_asked_nothing_about_its_number() {
    var answer = post(Kind.URLENCODED, "text/html", "contactName", "Ada", "contactPhone", "12");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
  }

  @Test
  void a_refused_form_names_what_is_wrong_in_fields_it_does_not_show_and_keeps_them() {
    var answer =
        post(
            Kind.URLENCODED,
            "text/html",
            "contactName",
            "Ada",
            "contactEmail",
            "a@b.example",
            "subject",
            "s".repeat(201),
            "budget",
            "<5000>");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("subject: ", "type=\"hidden\" name=\"budget\" value=\"&lt;5000&gt;\"");
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

  @ParameterizedTest
  @ValueSource(ints = {0, 20_000, 300_000, 5_000_000})
  void a_form_with_a_photo_is_stored_without_the_photo_and_says_so(int bytes) {
    var body =
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
            .formatted(business.funnel(), "x".repeat(bytes))
            .replace("\n", "\r\n")
            .getBytes(UTF_8);
    var answer = send(Kind.MULTIPART, "application/json", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(stored().at("/metadata/form/roof").asText())
        .isEqualTo("roof.jpg (a file, left out)");
    var browsers = send(Kind.MULTIPART, "text/html", body);
    assertThat(service.get(browsers.headers().firstValue("Location").orElseThrow()).body())
        .contains("could not be sent along");
  }

  private void submitted(Kind kind, String... fields) {
    var answer = post(kind, "application/json", fields);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
  }

  private HttpResponse<String> post(Kind kind, String accept, String... fields) {
    return post("/api/messages", kind, accept, fields);
  }

  private HttpResponse<String> hosted(Kind kind, String... fields) {
    return post("/f/" + business.slug(), kind, "text/html", fields);
  }

  private HttpResponse<String> post(String path, Kind kind, String accept, String... fields) {
    var all =
        Stream.concat(Stream.of("funnelId", business.funnel().toString()), Stream.of(fields))
            .toList();
    var pairs =
        IntStream.range(0, all.size() / 2)
            .mapToObj(index -> Map.entry(all.get(2 * index), all.get(2 * index + 1)))
            .toList();
    return send(
        path,
        kind,
        accept,
        (kind == Kind.MULTIPART ? MultipartBody.of(pairs) : urlencoded(pairs)).getBytes(UTF_8));
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

  private HttpResponse<String> send(Kind kind, String accept, byte[] body) {
    return send("/api/messages", kind, accept, body);
  }

  private HttpResponse<String> send(String path, Kind kind, String accept, byte[] body) {
    HttpRequest.Builder request =
        service
            .request(
                path,
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
