package com.callback.messaging.intake.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.ServiceTest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms that are malformed, too large or odd. */
@ServiceTest
class BadFormsTest extends BadInput {

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

  private static byte[] padded(String text, int length) {
    return (text + "x".repeat(length - text.length())).getBytes(UTF_8);
  }
}
