package com.callback.messaging.platform.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.RawHttp;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.StatefulService;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** How requests get to routes, and answers to callers. */
@ServiceTest
@ExtendWith(OutputCaptureExtension.class)
class RoutesOverHttpTest {

  private static final long PATIENCE_SECONDS = 20;
  private static final int MEGABYTE = 1_048_576;

  @Autowired Service service;
  @Autowired CamelContext camel;

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  @BeforeEach
  void add_routes() throws Exception {
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("platform-http:/test/{first}/of/{second}?httpMethodRestrict=GET,DELETE")
                .routeId("test-path")
                .setBody(
                    simple("${header.first} ${header.second} ${header.more} ${header.Camelx}"));
            from("platform-http:/test/plain/of/one?httpMethodRestrict=GET")
                .routeId("test-plain")
                .setBody(constant("plain"));
            from("platform-http:/test/body?httpMethodRestrict=POST&consumes=text/*,application/json")
                .routeId("test-body")
                .setBody(simple("${bodyAs(String)}"));
            from("platform-http:/test/anything").routeId("test-anything").setBody(constant("any"));
            from("platform-http:/test/empty").routeId("test-empty").setBody(constant(""));
            from("platform-http:/test/failing")
                .routeId("test-failing")
                .errorHandler(noErrorHandler())
                .throwException(new IllegalStateException("a secret"));
            from("platform-http:/test/unwritable")
                .routeId("test-unwritable")
                .process(exchange -> exchange.getMessage().setBody(new Object()));
            from("platform-http:/test/headers")
                .routeId("test-headers")
                .setHeader("Set-Cookie", constant(List.of("a=1", "b=2")))
                .setHeader("Content-Type", constant("text/plain;charset=UTF-8"))
                .setHeader("X-Internal", constant("not for callers"))
                .setHeader("CamelHttpResponseCode", constant("201"))
                .setBody(constant("ä"));
            from("platform-http:/test/stream")
                .routeId("test-stream")
                .process(
                    exchange ->
                        exchange
                            .getMessage()
                            .setBody(new ByteArrayInputStream(new byte[8 * MEGABYTE])));
            from("platform-http:/test/slow")
                .routeId("test-slow")
                .process(
                    exchange -> {
                      begun.countDown();
                      release.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                      exchange.getMessage().setBody("done");
                    });
          }
        });
  }

  @AfterEach
  void take_them_away() throws Exception {
    release.countDown();
    for (var route : camel.getRoutes()) {
      if (route.getRouteId().startsWith("test-")) {
        camel.getRouteController().stopRoute(route.getRouteId());
        camel.removeRoute(route.getRouteId());
      }
    }
  }

  @Test
  void parameters_of_path_and_query_are_headers_of_the_route() {
    assertThat(service.get("/test/a/of/b?more=c&Camelx=d").body()).isEqualTo("a b c ");
    assertThat(service.get("/test/a/of/b?more=c&more=d").body()).isEqualTo("a b c,d ");
  }

  @Test
  void an_escaped_letter_of_the_path_matches_and_stays_escaped_in_a_parameter() {
    assertThat(service.get("/t%65st/%61/of/b").body()).startsWith("%61 b");
    assertThat(service.get("/test/a/of/b/").statusCode()).isEqualTo(404);
    assertThat(service.get("/Test/a/of/b").statusCode()).isEqualTo(404);
  }

  @Test
  void the_most_specific_path_that_takes_the_method_serves() {
    assertThat(service.get("/test/plain/of/one").body()).isEqualTo("plain");
    assertThat(send("DELETE", "/test/plain/of/one").body()).startsWith("plain one");
  }

  @Test
  void another_method_is_refused_with_those_that_are_allowed() {
    var answer = send("PUT", "/test/a/of/b");

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue("DELETE, GET");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(Problem.MEDIA_TYPE);
    var options = send("OPTIONS", "/test/a/of/b");
    assertThat(options.statusCode()).isEqualTo(200);
    assertThat(options.headers().firstValue("Allow")).hasValue("DELETE, GET, HEAD, OPTIONS");
    assertThat(send("OPTIONS", "/test/body").headers().firstValue("Allow"))
        .hasValue("OPTIONS, POST");
    assertThat(send("PUT", "/test/anything").body()).isEqualTo("any");
  }

  @Test
  void head_is_answered_as_get_without_its_body() {
    var answer = new RawHttp(service).send("HEAD", "/test/plain/of/one");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).containsEntry("content-length", "5");
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain,                 200",
    "application/json,           200",
    "application/json;charset=x, 200",
    "application/xml,            415",
    "nonsense,                   415",
  })
  void only_the_types_that_a_route_takes_get_to_it(String type, int status) {
    var answer =
        service.send(service.request("/test/body", type).POST(BodyPublishers.ofString("é")));

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).matches(body -> status == 415 || body.equals("é"));
  }

  @Test
  void a_body_without_a_type_is_refused_where_types_are_named() {
    assertThat(new RawHttp(service).send("POST", "/test/body", "", "x".getBytes(UTF_8)).status())
        .isEqualTo(415);
  }

  @Test
  void headers_that_are_named_for_callers_leave_and_no_others() {
    var answer = service.get("/test/headers");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().allValues("Set-Cookie")).containsExactly("a=1", "b=2");
    assertThat(answer.headers().map()).doesNotContainKey("x-internal");
    assertThat(answer.body()).isEqualTo("ä");
  }

  @Test
  void an_empty_body_is_answered_as_204() {
    assertThat(service.get("/test/empty").statusCode()).isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource({"/test/failing", "/test/unwritable"})
  void a_route_that_fails_answers_a_problem_that_says_nothing_internal(String path) {
    var answer = service.get(path);

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(Problem.MEDIA_TYPE);
    assertThat(answer.body()).contains("Internal error").doesNotContain("secret");
  }

  @Test
  void a_long_body_is_streamed() throws Exception {
    var answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(service.at("/test/stream")).build(),
                BodyHandlers.ofByteArray());

    assertThat(answer.body()).hasSize(8 * MEGABYTE);
  }

  @Test
  void a_caller_who_goes_is_not_logged(CapturedOutput output) throws Exception {
    try (var socket = new Socket("127.0.0.1", service.at("/").getPort())) {
      socket
          .getOutputStream()
          .write("GET /test/stream HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8));
      assertThat(socket.getInputStream().read()).isPositive();
      socket.setSoLinger(true, 0);
    }
    await().until(() -> camel.getInflightRepository().size("test-stream") == 0);

    assertThat(service.get("/test/plain/of/one").statusCode()).isEqualTo(200);
    assertThat(output.getAll()).doesNotContain("Exception");
  }

  @Test
  void a_route_that_stops_finishes_the_request_under_way_first() throws Exception {
    var answer = slow();
    var consumer = (StatefulService) camel.getRoute("test-slow").getConsumer();
    var stopped =
        CompletableFuture.runAsync(
            () -> {
              try {
                camel
                    .getRouteController()
                    .stopRoute("test-slow", PATIENCE_SECONDS, TimeUnit.SECONDS);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    await().until(() -> !consumer.isStarted());
    release.countDown();

    stopped.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS).body()).isEqualTo("done");
    assertThat(service.get("/test/slow").statusCode()).isEqualTo(404);
  }

  @Test
  void a_suspended_route_tells_callers_to_come_again() throws Exception {
    camel.getRouteController().suspendRoute("test-anything");

    var answer = service.get("/test/anything");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
    camel.getRouteController().resumeRoute("test-anything");
    assertThat(service.get("/test/anything").statusCode()).isEqualTo(200);
  }

  private CompletableFuture<HttpResponse<String>> slow() throws InterruptedException {
    var answer =
        HttpClient.newHttpClient()
            .sendAsync(
                HttpRequest.newBuilder(service.at("/test/slow")).build(), BodyHandlers.ofString());
    assertThat(begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return answer;
  }

  private HttpResponse<String> send(String method, String path) {
    return service.send(
        HttpRequest.newBuilder(service.at(path)).method(method, BodyPublishers.noBody()));
  }
}
