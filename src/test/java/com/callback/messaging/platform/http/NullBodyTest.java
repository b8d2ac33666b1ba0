package com.callback.messaging.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Camel asks the request again for a body that is null. Routes hold a row that is not there for a
 * row that is, if the request then gives its own.
 */
@ServiceTest
class NullBodyTest {

  @Autowired Service service;
  @Autowired CamelContext camel;

  @BeforeEach
  void add_a_route() throws Exception {
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("platform-http:/test/null-body?httpMethodRestrict=POST")
                .routeId("null-body")
                .to("sql:select 1 as one where false?dataSource=#api&outputType=SelectOne")
                .process(
                    exchange -> {
                      var message = exchange.getMessage();
                      var first = message.getBody();
                      var again = message.getBody();
                      message.setBody(first == null && again == null ? "none" : "there is one");
                    });
          }
        });
  }

  @AfterEach
  void take_it_away() throws Exception {
    camel.getRouteController().stopRoute("null-body");
    camel.removeRoute("null-body");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json                  | {\"a\": 1}",
        "application/x-www-form-urlencoded | a=1",
        "text/plain                        | a",
        "multipart/form-data; boundary=b   | '--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--b--\r\n'",
      })
  void a_statement_without_a_row_leaves_no_body_whatever_was_posted(String type, String body) {
    var answer =
        service.send(service.request("/test/null-body", type).POST(BodyPublishers.ofString(body)));

    assertThat(answer.body()).isEqualTo("none");
  }
}
