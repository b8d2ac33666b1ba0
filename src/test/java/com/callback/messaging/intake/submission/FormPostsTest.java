package com.callback.messaging.intake.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.ServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Forms, as browsers and page builders send them. */
@ServiceTest
class FormPostsTest extends FormPosts {

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
}
