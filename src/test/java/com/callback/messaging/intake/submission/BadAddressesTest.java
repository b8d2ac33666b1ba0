package com.callback.messaging.intake.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.ServiceTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods and addresses that there are not, or that are malformed. */
@ServiceTest
class BadAddressesTest extends BadInput {

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
}
