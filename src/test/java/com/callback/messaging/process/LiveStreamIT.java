package com.callback.messaging.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Two terminals: the stream in one, leads sent in the other. The last test stops the service. */
@TestMethodOrder(OrderAnnotation.class)
class LiveStreamIT {

  private static final Pattern KEY = Pattern.compile("cbk_[0-9a-f]{64}");
  private static final int TERMINATED = 128 + 15;

  @TempDir static Path folder;

  private static ServiceProcess service;
  private static String authorization;

  @BeforeAll
  static void start() {
    service = ServiceProcess.start(folder);
    authorization = "Authorization: Bearer " + demoKey();
  }

  @AfterAll
  static void end() {
    try {
      if (service != null) {
        service.close();
      }
    } finally {
      new EmbeddedServer(folder).end();
    }
  }

  @Test
  @Order(1)
  void leads_appear_and_after_a_cut_exactly_those_that_were_missed() {
    var caller = service.caller();
    var url = caller.address() + "/api/stream";
    String last;
    try (var curl = Curl.follow(url, authorization)) {
      caller.lead("Ada Lovelace");
      curl.awaitLeads("Ada Lovelace");
      last = curl.lastId();
    }
    caller.lead("One More");
    caller.lead("Two More");
    caller.lead("Three More");
    try (var curl = Curl.follow(url, authorization, "Last-Event-ID: " + last)) {
      curl.awaitLeads("One More", "Two More", "Three More");
      caller.lead("Grace Hopper");
      curl.awaitLeads("One More", "Two More", "Three More", "Grace Hopper");
    }
  }

  @Test
  @Order(2)
  void open_streams_are_ended_and_do_not_hold_up_the_stop() {
    var url = service.caller().address() + "/api/stream";
    var streams = IntStream.range(0, 10).mapToObj(each -> Curl.follow(url, authorization)).toList();
    long begun = System.nanoTime();
    assertThat(service.terminate().exitCode()).isEqualTo(TERMINATED);
    var took = Duration.ofNanos(System.nanoTime() - begun);
    System.out.printf("A stop with ten open streams took %.1f s%n", took.toMillis() / 1000.0);
    // Whatever waited for them would have waited for five seconds, and then cut them off.
    assertThat(streams).extracting(Curl::exitCode).containsOnly(0);
    assertThat(service.output()).doesNotContain("Exception");
    streams.forEach(Curl::close);
  }

  private static String demoKey() {
    var key = KEY.matcher(service.output());
    assertThat(key.find()).isTrue();
    return key.group();
  }
}
