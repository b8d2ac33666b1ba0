package com.callback.messaging.platform.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.RawHttp;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Bodies that come slowly hold nobody up, and what is done with a request does not depend on it.
 */
@ServiceTest
class SlowCallersTest {

  private static final int CALLERS = 1_500;
  private static final int LEADS = 20;
  private static final String COOKIE = "Cookie: callback_session=x\r\n";

  /** Each is one way to be read by something: without a cookie, and with one that nobody gave. */
  private static final List<String> HEADS =
      Stream.of(
              "POST /api/messages HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n",
              "POST /api/x HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 2097152\r\n",
              "PUT /f/demo HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 60000\r\n",
              "POST /api/messages HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=b\r\nTransfer-Encoding: chunked\r\n")
          .flatMap(head -> Stream.of(head, head + COOKIE))
          .toList();

  @Autowired Service service;
  private Business business;

  @BeforeEach
  void set_up() {
    business = service.businessWithoutChannels();
  }

  @Test
  void fifteen_hundred_callers_who_drip_hold_no_lead_up() throws IOException {
    var sockets = new ArrayList<Socket>();
    try {
      for (int i = 0; i < CALLERS; i++) {
        sockets.add(begin(HEADS.get(i % HEADS.size())));
      }
      for (int i = 0; i < LEADS; i++) {
        sockets.forEach(SlowCallersTest::drip);
        var since = System.nanoTime();
        service.lead(business, Map.of("contactName", "Ada " + i, "contactPhone", "0412345678"));
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(3));
      }
    } finally {
      for (var socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void a_body_that_drips_is_refused_after_ten_seconds() throws IOException {
    try (var socket = begin(HEADS.get(0))) {
      socket.setSoTimeout(1_000);
      var since = System.nanoTime();
      var answer = -1;
      while (answer < 0 && System.nanoTime() - since < Duration.ofSeconds(20).toNanos()) {
        drip(socket);
        answer = firstByte(socket);
      }
      assertThat((char) answer).isEqualTo('H');
      assertThat(new String(socket.getInputStream().readNBytes(40), UTF_8))
          .startsWith("TTP/1.1 400");
    }
  }

  @Test
  void a_body_that_comes_later_than_its_head_makes_a_lead() throws IOException {
    var body =
        service.text(
            Map.of(
                "funnelId", business.funnel(), "contactName", "Ada", "contactPhone", "0412345678"));
    try (var socket =
        begin(
            "POST /api/messages HTTP/1.1\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length()
                + "\r\n")) {
      socket.getOutputStream().write(body.substring(0, 10).getBytes(UTF_8));
      service.get("/f/none");
      socket.getOutputStream().write(body.substring(10).getBytes(UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 202")
          .contains("Content-Security-Policy");
    }
  }

  @Test
  void a_change_in_pieces_under_a_session_needs_the_token_against_forgery_like_any_other() {
    var owner = service.session(business, "owner");
    var answer =
        service.send(
            service
                .request("/api/settings", "application/json")
                .header("Cookie", "callback_session=" + owner)
                .method(
                    "PATCH",
                    BodyPublishers.ofInputStream(
                        () ->
                            new java.io.ByteArrayInputStream("{\"name\":\"X\"}".getBytes(UTF_8)))));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("missing-csrf-token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/x-www-form-urlencoded", "text/plain"})
  void a_body_beyond_64_KiB_is_refused_in_one_piece_or_many(String type) {
    var headers = "Content-Type: " + type + "\r\n";
    var body = "x".repeat(200_000).getBytes(ISO_8859_1);
    var http = new RawHttp(service);
    assertThat(http.send("POST", "/api/messages", headers, body).status()).isEqualTo(413);
    assertThat(http.sendChunked("POST", "/api/messages", headers, body).status()).isEqualTo(413);
  }

  @Test
  void a_form_with_a_photo_of_5_MB_is_a_lead() throws IOException {
    var form =
        ("--b\r\nContent-Disposition: form-data; name=\"funnelId\"\r\n\r\n%s\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"roof.jpg\"\r\n\r\n%s\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"contactName\"\r\n\r\nAda\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"contactEmail\"\r\n\r\na@b.example\r\n--b--\r\n")
            .formatted(business.funnel(), "\r\n--photo".repeat(555_000));
    var answer =
        service.send(
            service
                .request("/api/messages", "multipart/form-data; boundary=b")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(form)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
  }

  private Socket begin(String head) {
    try {
      var socket = new Socket("127.0.0.1", service.at("/").getPort());
      socket.setTcpNoDelay(true);
      socket.getOutputStream().write((head + "Host: localhost\r\n\r\n").getBytes(ISO_8859_1));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void drip(Socket socket) {
    try {
      socket.getOutputStream().write(' ');
    } catch (IOException refused) {
      // Told so and closed: those who come after it are what is looked at.
    }
  }

  private static int firstByte(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read();
    } catch (java.net.SocketTimeoutException nothing) {
      return -1;
    }
  }
}
