package com.callback.messaging.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** Slow requests do not hold up the others, and too many are told so at once. */
@ServiceTest
class FullHouseTest {

  private static final int SLOW = 40;
  private static final long PATIENCE_SECONDS = 20;

  @Autowired Service service;
  @Autowired CamelContext camel;

  @Autowired RequestSlots slots;

  @Value("${messaging.http.queue}")
  int queue;

  private int taken;

  @Test
  void forty_slow_requests_are_under_way_at_once() throws Exception {
    var underWay = new CountDownLatch(SLOW);
    var release = new CountDownLatch(1);
    camel.addRoutes(slow(underWay, release));
    try {
      var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
      var client = HttpClient.newHttpClient();
      for (int i = 0; i < SLOW; i++) {
        answers.add(
            client.sendAsync(
                HttpRequest.newBuilder(service.at("/slow-for-a-test")).build(),
                BodyHandlers.ofString()));
      }
      assertThat(underWay.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(service.get("/f/none").statusCode()).isEqualTo(404);
      release.countDown();
      for (var answer : answers) {
        assertThat(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS).body()).isEqualTo("done");
      }
    } finally {
      release.countDown();
      camel.getRouteController().stopRoute("slow-for-a-test");
      camel.removeRoute("slow-for-a-test");
    }
  }

  @Test
  void when_every_place_is_taken_a_request_is_told_to_come_back() {
    var business = service.businessWithoutChannels();
    try {
      fill();
      var answer = post(business);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(answer.headers().firstValue("Content-Type")).hasValue(Problem.MEDIA_TYPE);
      assertThat(service.json(answer.body()).get("type").asText())
          .isEqualTo(Problems.UNAVAILABLE.type());
      var page =
          service.send(
              service
                  .request("/api/messages", "application/x-www-form-urlencoded")
                  .header("Accept", "text/html")
                  .POST(BodyPublishers.ofString("contactName=Ada")));
      assertThat(page.statusCode()).isEqualTo(503);
      assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
      assertThat(page.body()).contains("Nothing was stored");
    } finally {
      leaveAll();
    }
    assertThat(post(business).statusCode()).isEqualTo(202);
  }

  @Test
  void a_request_that_waits_is_served_when_a_place_is_left() throws Exception {
    var business = service.businessWithoutChannels();
    var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
    var client = HttpClient.newHttpClient();
    var form = HttpRequest.newBuilder(service.at("/f/" + business.funnel())).build();
    try {
      takeAllFree();
      for (int i = 0; i < SLOW; i++) {
        answers.add(client.sendAsync(form, BodyHandlers.ofString()));
      }
      await().until(() -> slots.waiting() == SLOW);
      assertThat(answers).noneMatch(CompletableFuture::isDone);
    } finally {
      leaveAll();
    }
    for (var answer : answers) {
      assertThat(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void when_every_place_is_taken_a_look_at_the_health_is_answered_as_ever() {
    try {
      fill();
      assertThat(service.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
    } finally {
      leaveAll();
    }
  }

  @Test
  void sixty_four_slow_requests_of_one_key_leave_room_for_everybody_else() throws Exception {
    var greedy = service.businessWithoutChannels();
    var other = service.businessWithoutChannels();
    var request =
        HttpRequest.newBuilder(service.at("/api/templates"))
            .header("Authorization", "Bearer " + service.key(greedy, "messages:read"))
            .build();
    try (var somebody = service.login().getConnection()) {
      somebody.setAutoCommit(false);
      somebody.createStatement().execute("lock table messaging.templates in access exclusive mode");
      var client = HttpClient.newHttpClient();
      var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
      for (int i = 0; i < 64; i++) {
        answers.add(client.sendAsync(request, BodyHandlers.ofString()));
      }
      await()
          .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
          .until(() -> answers.stream().filter(CompletableFuture::isDone).count() >= 64 - 24);

      var refused = answers.stream().filter(CompletableFuture::isDone).toList().get(0).get();
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(service.json(refused.body()).get("type").asText()).endsWith("too-many-under-way");
      assertThat(post(other).statusCode()).isEqualTo(202);
      var key = service.key(other, "funnels:read", "messages:read");
      assertThat(service.call("GET", "/api/messages", key, null).statusCode()).isEqualTo(200);
      somebody.rollback();
      for (var answer : answers) {
        assertThat(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS).statusCode()).isIn(200, 429, 503);
      }
    }
    await()
        .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
        .until(
            () -> {
              var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
              return answer.statusCode() == 200;
            });
  }

  private HttpResponse<String> post(Business business) {
    return service.post(
        Map.of("funnelId", business.funnel(), "contactName", "Ada", "contactPhone", "0412345678"));
  }

  /** Until every place is ours: one that another request had may come free after a refusal. */
  private void fill() {
    await()
        .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
        .until(
            () -> {
              takeAllFree();
              while (slots.enterLater(() -> false)) {
                takeAllFree();
              }
              return slots.waiting() == queue;
            });
  }

  private void takeAllFree() {
    while (slots.enter()) {
      taken++;
    }
  }

  private void leaveAll() {
    for (; taken > 0; taken--) {
      slots.leave();
    }
  }

  private static RouteBuilder slow(CountDownLatch underWay, CountDownLatch release) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("platform-http:/slow-for-a-test")
            .routeId("slow-for-a-test")
            .process(
                exchange -> {
                  underWay.countDown();
                  awaitQuietly(release);
                  exchange.getMessage().setBody("done");
                });
      }
    };
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
