package com.callback.messaging.delivery.outbound;

import static com.callback.messaging.delivery.engine.FailureKind.TEMPORARY;
import static com.callback.messaging.delivery.engine.FailureKind.UNKNOWN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.delivery.engine.AsyncClient.Response;
import com.callback.messaging.delivery.engine.OutgoingRequest;
import com.callback.messaging.delivery.engine.RequestProgress;
import com.callback.messaging.delivery.engine.RetryPolicy;
import com.callback.messaging.support.FarEnd;
import com.callback.messaging.support.RawReceiver;
import com.callback.messaging.support.SelfSigned;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many requests at once, on two threads. What one remote server does is between it and itself. */
@Timeout(60)
class AsyncHttpClientTest {

  private static final long DEADLINE_MS = 500;
  private static final long FAR_MS = 20_000;
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private AsyncHttpClient client;

  @AfterEach
  void close() {
    if (client != null) {
      client.close();
    }
  }

  @Test
  void sixty_requests_are_under_way_at_once_without_a_thread_for_each() throws Exception {
    var threadsBefore = threads("test-client");
    client = client(new Calling.Names(), FAR_MS);
    try (var receiver = new FarEnd()) {
      receiver.hang();
      var responses = IntStream.range(0, 60).mapToObj(each -> post(receiver.url())).toList();
      await().until(() -> receiver.calls().size() == 60);
      assertThat(threads("test-client") - threadsBefore)
          .as("two, and one that starts them")
          .isLessThanOrEqualTo(3);
      receiver.letGo();
      for (var response : responses) {
        assertThat(response.get().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void a_request_carries_its_headers_and_body_and_says_who_sends_it() throws Exception {
    client = client(new Calling.Names(), FAR_MS);
    try (var receiver = new FarEnd()) {
      receiver.answers(429, Map.of("Retry-After", "7", "Location", "/elsewhere"), "later");
      var response =
          client
              .post(
                  OutgoingRequest.toCustomer(
                      receiver.url(), Map.of("X-Team", "a b"), "{\"a\":1}".getBytes(UTF_8)),
                  true)
              .toCompletableFuture()
              .get();

      assertThat(response.status()).isEqualTo(429);
      assertThat(response.retryAfter()).isEqualTo("7");
      assertThat(response.location()).isEqualTo("/elsewhere");
      assertThat(response.body()).asString(UTF_8).isEqualTo("later");
      assertThat(receiver.calls().get(0).body()).isEqualTo("{\"a\":1}");
      assertThat(receiver.calls().get(0).headers())
          .containsEntry("x-team", "a b")
          .containsEntry("user-agent", "test")
          .doesNotContainKeys("accept-encoding", "upgrade", "expect", "cookie");
    }
  }

  @Test
  void a_name_server_that_hangs_holds_up_no_other_request_and_nothing_is_sent_afterwards()
      throws Exception {
    var found = new CountDownLatch(1);
    try (var receiver = RawReceiver.answering(wire -> wire.say(OK));
        var well = new FarEnd()) {
      var names = new HangingNames(found);
      client = client(names, DEADLINE_MS);
      var stuck =
          IntStream.range(0, 20)
              .mapToObj(each -> post("http://slow.example:" + receiver.port() + "/"))
              .toList();

      assertThat(post(well.url()).get().status()).isEqualTo(200);
      for (var each : stuck) {
        assertThat(RequestProgress.of(failure(each))).hasValue(RequestProgress.NEVER_CONNECTED);
      }

      found.countDown();
      await().until(() -> names.found() == 20);
      assertThat(post(receiver.url()).get().status()).isEqualTo(200);
      assertThat(receiver.heads()).as("only the last request").hasSize(1);
    }
  }

  @Test
  void more_names_at_once_than_connections_are_not_looked_up() throws Exception {
    var found = new CountDownLatch(1);
    var settings = new OutboundSettings(List.of(), Set.of("any"), null, 2, 1);
    client =
        LentClients.with(
            Rules.allowing("127.0.0.0/8"), new HangingNames(found), settings, DEADLINE_MS);
    var stuck =
        IntStream.range(0, 2).mapToObj(n -> post("http://slow.example:" + (n + 1))).toList();
    for (var each : stuck) {
      failure(each);
    }

    var failure = failure(post("http://slow.example:9"));

    assertThat(failure).hasMessage("Too many names are looked up");
    assertThat(RequestProgress.of(failure)).hasValue(RequestProgress.NEVER_CONNECTED);
    found.countDown();
  }

  @Test
  void a_kept_connection_that_is_closed_just_then_is_replaced() throws Exception {
    client = client(new Calling.Names(), FAR_MS);
    try (var receiver =
        RawReceiver.answering(
            wire -> {
              wire.say(OK);
              wire.hangUp();
            })) {
      for (int request = 0; request < 50; request++) {
        assertThat(post(receiver.url()).get().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void a_request_that_must_not_arrive_twice_is_made_once_when_a_kept_connection_breaks_off()
      throws Exception {
    client = client(new Calling.Names(), FAR_MS);
    var requests = new AtomicInteger();
    try (var receiver =
        RawReceiver.answering(
            wire -> {
              if (requests.incrementAndGet() == 2) {
                wire.hangUp();
              } else {
                wire.say(OK);
              }
            })) {
      assertThat(post(receiver.url(), false).get().status()).isEqualTo(200);

      var failure = failure(post(receiver.url(), false));

      assertThat(RetryPolicy.kind(failure)).as(failure.toString()).isEqualTo(UNKNOWN);
      assertThat(requests).hasValue(2);
    }
  }

  @Test
  void a_request_that_timed_out_on_a_kept_connection_leaves_its_slot_to_the_next()
      throws Exception {
    var settings = new OutboundSettings(List.of(), Set.of("any"), null, 10, 1);
    client =
        LentClients.with(Rules.allowing("127.0.0.0/8"), new Calling.Names(), settings, DEADLINE_MS);
    try (var receiver = new FarEnd()) {
      for (int time = 0; time < 3; time++) {
        assertThat(post(receiver.url()).get().status()).isEqualTo(200);
        receiver.hang();
        assertThat(RetryPolicy.kind(failure(post(receiver.url())))).isEqualTo(UNKNOWN);
        receiver.letGo();
      }
    }
  }

  @Test
  void a_request_waits_for_a_free_connection() throws Exception {
    var settings = new OutboundSettings(List.of(), Set.of("any"), null, 10, 1);
    client = LentClients.with(Rules.allowing("127.0.0.0/8"), new Calling.Names(), settings, FAR_MS);
    try (var receiver =
        RawReceiver.answering(wire -> wire.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))) {
      for (var response : IntStream.range(0, 20).mapToObj(each -> post(receiver.url())).toList()) {
        assertThat(response.get().status()).isEqualTo(200);
      }
      assertThat(receiver.connections()).isEqualTo(1);
    }
  }

  @Test
  void a_handshake_that_is_cut_off_has_sent_nothing() throws Exception {
    client = client(new Calling.Names(), FAR_MS);
    try (var receiver = RawReceiver.greeting(RawReceiver.Wire::hangUp)) {
      var failure = failure(post(receiver.url().replace("http:", "https:")));
      assertThat(RequestProgress.of(failure))
          .as(failure.toString())
          .hasValue(RequestProgress.NEVER_SENT);
    }
  }

  @Test
  void a_server_that_does_not_speak_tls_has_been_sent_nothing() throws Exception {
    client = client(new Calling.Names(), FAR_MS);
    try (var receiver = RawReceiver.greeting(wire -> wire.say("220 mail.example ESMTP\r\n"))) {
      var failure = failure(post(receiver.url().replace("http:", "https:")));
      assertThat(RetryPolicy.kind(failure)).as(failure.toString()).isEqualTo(TEMPORARY);
    }
  }

  @Test
  void a_handshake_of_drips_leaves_no_connection_behind() throws Exception {
    var closed = new CountDownLatch(1);
    try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var receiver =
          new Thread(
              () -> {
                try (var socket = server.accept()) {
                  drip(socket);
                } catch (IOException e) {
                  closed.countDown();
                }
              });
      receiver.setDaemon(true);
      receiver.start();
      client = client(new Calling.Names(), DEADLINE_MS);

      var failure = failure(post("https://127.0.0.1:" + server.getLocalPort() + "/"));

      assertThat(RequestProgress.of(failure)).hasValue(RequestProgress.NEVER_CONNECTED);
      assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void a_certificate_of_nobody_is_refused_and_nothing_is_sent(@TempDir Path folder)
      throws Exception {
    client = client(new Calling.Names(), FAR_MS);
    var factory = SelfSigned.context(folder).getServerSocketFactory();
    try (var server = factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var heard =
          CompletableFuture.supplyAsync(
              () -> {
                try (var socket = server.accept()) {
                  return socket.getInputStream().read();
                } catch (IOException e) {
                  return -1;
                }
              });

      var failure = failure(post("https://127.0.0.1:" + server.getLocalPort() + "/"));

      assertThat(RequestProgress.of(failure)).hasValue(RequestProgress.NEVER_SENT);
      assertThat(heard.get()).isEqualTo(-1);
    }
  }

  @Test
  void an_endless_response_costs_its_connection_and_holds_up_no_other() throws Exception {
    client = client(new Calling.Names(), FAR_MS);
    try (var endless =
            RawReceiver.answering(
                wire -> wire.say("HTTP/1.1 200 OK\r\n\r\n").forEver("x".repeat(65_536)));
        var well = new FarEnd()) {
      var long1 = post(endless.url());
      var long2 = post(endless.url());
      assertThat(post(well.url()).get().status()).isEqualTo(200);
      assertThat(long1.get().body()).hasSize(ResponseLimit.LIMIT);
      assertThat(long2.get().body()).hasSize(ResponseLimit.LIMIT);
    }
  }

  @Test
  void interim_responses_without_end_end_the_request_before_its_deadline() throws Exception {
    client = client(new Calling.Names(), FAR_MS);
    try (var receiver =
        RawReceiver.answering(wire -> wire.forEver("HTTP/1.1 102 Processing\r\n\r\n"))) {
      assertThat(RetryPolicy.kind(failure(post(receiver.url())))).isEqualTo(UNKNOWN);
    }
  }

  @Test
  void a_client_that_is_closed_takes_no_request_and_says_so() throws Exception {
    client = client(new Calling.Names(), FAR_MS);
    try (var receiver = new FarEnd()) {
      client.close();
      assertThat(RetryPolicy.kind(failure(post(receiver.url())))).isEqualTo(TEMPORARY);
      assertThat(receiver.calls()).isEmpty();
    }
  }

  private static AsyncHttpClient client(DnsResolver names, long deadlineMs) {
    return LentClients.with(Rules.allowing("127.0.0.0/8"), names, deadlineMs);
  }

  private CompletableFuture<Response> post(String url) {
    return post(url, true);
  }

  private CompletableFuture<Response> post(String url, boolean mayArriveTwice) {
    return client
        .post(OutgoingRequest.toCustomer(url, Map.of(), "{}".getBytes(UTF_8)), mayArriveTwice)
        .toCompletableFuture();
  }

  private static Throwable failure(CompletableFuture<Response> response) throws Exception {
    try {
      throw new AssertionError("It was answered " + response.get().status());
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  private static long threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(name))
        .count();
  }

  /** The beginning of a TLS record, a byte now and then. */
  private static void drip(Socket socket) throws IOException {
    var out = socket.getOutputStream();
    out.write(new byte[] {0x16, 3, 3, 0x40, 0});
    while (true) {
      out.write(2);
      out.flush();
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }
  }

  /** A name server that answers once it is let. */
  private static final class HangingNames implements DnsResolver {

    private final CountDownLatch mayAnswer;
    private final AtomicInteger found = new AtomicInteger();

    HangingNames(CountDownLatch mayAnswer) {
      this.mayAnswer = mayAnswer;
    }

    int found() {
      return found.get();
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      if (host.equals("slow.example")) {
        try {
          mayAnswer.await();
        } catch (InterruptedException e) {
          throw new UnknownHostException(host);
        }
        found.incrementAndGet();
        return new InetAddress[] {InetAddress.getLoopbackAddress()};
      }
      return InetAddress.getAllByName(host);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
