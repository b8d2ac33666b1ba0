package com.callback.messaging.intake.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.MultipartBody;
import com.callback.messaging.support.ServiceTest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser, or a script in its place, gets for a form. */
@ServiceTest
class FormAnswersTest extends FormPosts {

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
    assertThat(service.countLeads(business)).isZero();
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
    assertThat(service.countLeads(business)).isZero();
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
    assertThat(service.countLeads(business)).isZero();

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

  private HttpResponse<String> hosted(Kind kind, String... fields) {
    return post("/f/" + business.slug(), kind, "text/html", fields);
  }
}
