package com.callback.messaging.platform.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What is for the machine or the network it stands in is shown to nobody else. */
@ServiceTest
class WhoMayAskTest {

  @Autowired Service service;

  @ParameterizedTest
  @ValueSource(strings = {"/sandbox", "/sandbox/messages", "/%73andbox/messages", "/sandbox/"})
  void the_sandbox_is_not_shown_under_a_name_that_somebody_points_here(String path)
      throws IOException {
    assertThat(asked(path, "rebound.example")).doesNotStartWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]", "LOCALHOST"})
  void the_sandbox_is_shown_under_names_of_this_machine(String host) throws IOException {
    assertThat(asked("/sandbox/messages", host)).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/actuator/prometheus", "/actuator/health/books", "/actuator"})
  void figures_are_told_to_nobody_behind_a_proxy(String path) {
    var forwarded =
        HttpRequest.newBuilder(service.at(path)).header("X-Forwarded-For", "203.0.113.7").GET();
    assertThat(service.send(forwarded).statusCode()).isEqualTo(403);
  }

  @Test
  void whether_the_service_is_well_anybody_may_ask() {
    for (var path : new String[] {"/actuator/health", "/actuator/health/readiness"}) {
      var forwarded =
          HttpRequest.newBuilder(service.at(path)).header("X-Forwarded-For", "203.0.113.7").GET();
      assertThat(service.send(forwarded).statusCode()).as(path).isNotEqualTo(403);
    }
    assertThat(service.get("/actuator/prometheus").statusCode()).isEqualTo(200);
  }

  private String asked(String path, String host) throws IOException {
    try (var socket = new Socket("127.0.0.1", service.at("/").getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: %s:%d\r\nConnection: close\r\n\r\n"
                  .formatted(path, host, service.at("/").getPort())
                  .getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
