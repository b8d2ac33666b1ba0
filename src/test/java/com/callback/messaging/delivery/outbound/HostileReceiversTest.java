package com.callback.messaging.delivery.outbound;

import static com.callback.messaging.delivery.engine.FailureKind.TEMPORARY;
import static com.callback.messaging.delivery.engine.FailureKind.UNKNOWN;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.callback.messaging.delivery.engine.RetryPolicy;
import com.callback.messaging.support.RawReceiver;
import com.callback.messaging.support.RawReceiver.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Far ends that do their worst: a call ends, costs little, and is judged by what is known. */
@Timeout(60)
class HostileReceiversTest {

  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final long DEADLINE_MS = 500;
  private static final long FAR_MS = 20_000;

  /** What the buffers of a socket hold at most, and then some. */
  private static final long FLAT = 32L << 20;

  /** A client that calls this machine, ending after this long. */
  Calling calling(long deadlineMs) {
    return Calling.waiting(Rules.allowing("127.0.0.0/8"), new Calling.Names(), deadlineMs);
  }

  static Stream<Arguments> answersWithAStatus() {
    return Stream.of(
        arguments("a body without end", 200, forEver(OK + "\r\n", "x".repeat(65_536))),
        arguments(
            "ten gigabytes",
            200,
            forEver(OK + "Content-Length: 10737418240\r\n\r\n", "x".repeat(65_536))),
        arguments("a body of one byte now and then", 200, drip(OK + "\r\n", "x")),
        arguments(
            "chunks of one byte now and then",
            503,
            drip("HTTP/1.1 503 No\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n")),
        arguments(
            "a chunk that is none",
            200,
            says(OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nnonsense\r\nmore")),
        arguments(
            "a chunk of unheard-of size",
            200,
            says(OK + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nx")),
        arguments(
            "a chunk that is cut off",
            500,
            says("HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nx")),
        arguments(
            "trailers without end",
            200,
            forEver(OK + "Transfer-Encoding: chunked\r\n\r\n0\r\n", "X-Trailer: x\r\n")),
        arguments("less than was promised", 200, says(OK + "Content-Length: 100\r\n\r\nx")),
        arguments("blank lines before the status", 200, says("\r\n\r\n" + OK + "\r\n")),
        arguments("a redirect", 302, says("HTTP/1.1 302 Go\r\nLocation: http://10.0.0.1/\r\n\r\n")),
        arguments("a status nobody knows", 999, says("HTTP/1.1 999 What\r\n\r\n")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answersWithAStatus")
  void a_call_whose_status_is_known_counts_by_it(String what, int status, Script script)
      throws IOException {
    try (var receiver = RawReceiver.answering(script);
        var calling = calling(DEADLINE_MS)) {
      var answer = calling.post(receiver.url());
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.body()).hasSizeLessThanOrEqualTo(ResponseLimit.LIMIT + 1);
      assertThat(receiver.written()).isLessThan(FLAT);
      assertThat(receiver.heads()).as("one call").hasSize(1);
    }
  }

  static Stream<Arguments> answersWithoutAStatus() {
    return Stream.of(
        arguments("nothing at all", FAR_MS, says("")),
        arguments("nothing, and it waits", DEADLINE_MS, drip("", "\0")),
        arguments("a head of one byte now and then", DEADLINE_MS, drip("", OK + "X-Drip: ")),
        arguments("a status line without end", FAR_MS, forEver("HTTP/1.1 200 ", "O".repeat(1_024))),
        arguments("a header line without end", FAR_MS, forEver(OK + "X-Long: ", "x".repeat(1_024))),
        arguments("headers without end", FAR_MS, forEver(OK, "X-More: x\r\n".repeat(50))),
        arguments("folded headers without end", FAR_MS, forEver(OK + "X-Fold: x\r\n", " x\r\n")),
        arguments("a header line that is none", FAR_MS, says(OK + "no header at all\r\n\r\n")),
        arguments("a header without a name", FAR_MS, says(OK + ": x\r\n\r\n")),
        arguments("a length that is none", FAR_MS, says(OK + "Content-Length: many\r\n\r\n")),
        arguments("a negative length", FAR_MS, says(OK + "Content-Length: -1\r\n\r\n")),
        arguments("an unknown encoding", FAR_MS, says(OK + "Transfer-Encoding: magic\r\n\r\n")),
        arguments("an unknown version", FAR_MS, says("HTTP/9.9 200 OK\r\n\r\n")),
        arguments("garbage", FAR_MS, says("\u0001\u0002\u0003 what is this\r\n\r\n")),
        arguments("garbage without end", FAR_MS, forEver("", "garbage\r\n".repeat(50))),
        arguments("another protocol", FAR_MS, says("220 mail.example ESMTP\r\n")),
        arguments("half a status line", FAR_MS, says("HTTP/1.1 2")),
        arguments(
            "interim answers without end",
            DEADLINE_MS,
            forEver("", "HTTP/1.1 100 Continue\r\n\r\n")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answersWithoutAStatus")
  void a_call_whose_status_never_came_may_have_arrived(String what, long deadline, Script script)
      throws IOException {
    try (var receiver = RawReceiver.answering(script);
        var calling = calling(deadline)) {
      var failure = catchThrowable(() -> calling.post(receiver.url()));
      assertThat(failure).as("a failure").isNotNull();
      assertThat(RetryPolicy.kind(failure)).as(failure.toString()).isEqualTo(UNKNOWN);
      assertThat(receiver.written()).isLessThan(FLAT);
      assertThat(receiver.heads()).as("one call").hasSize(1);
    }
  }

  @Test
  void a_handshake_of_one_byte_now_and_then_ends_and_nothing_has_left() throws IOException {
    // The beginning of a TLS record of 16,384 bytes.
    try (var receiver = RawReceiver.greeting(drip("\u0016\u0003\u0003\u0040\u0000", "\u0002"));
        var calling = calling(DEADLINE_MS)) {
      var url = receiver.url().replace("http:", "https:");
      var failure = catchThrowable(() -> calling.post(url));
      assertThat(RetryPolicy.kind(failure)).as(failure.toString()).isEqualTo(TEMPORARY);
    }
  }

  @Test
  void a_compressed_bomb_is_kept_as_it_came() throws IOException {
    var bomb = bomb();
    try (var receiver =
            RawReceiver.answering(
                wire ->
                    wire.say(OK + "Content-Encoding: gzip\r\nContent-Length: ")
                        .say(bomb.length + "\r\n\r\n")
                        .say(bomb));
        var calling = calling(FAR_MS)) {
      var answer = calling.post(receiver.url());
      assertThat(answer.status()).isEqualTo(200);
      assertThat(bomb).startsWith(answer.body());
      assertThat(receiver.heads().get(0).toLowerCase()).doesNotContain("accept-encoding");
    }
  }

  @Test
  void a_kept_connection_that_the_far_end_closed_meanwhile_is_not_used_again() throws Exception {
    try (var receiver =
            RawReceiver.answering(
                wire -> {
                  wire.say(OK + "Content-Length: 2\r\n\r\nok");
                  wire.hangUp();
                });
        var calling = calling(FAR_MS)) {
      for (int call = 1; call <= 20; call++) {
        assertThat(calling.post(receiver.url()).status()).isEqualTo(200);
        var calls = call;
        await().until(() -> receiver.closings() == calls);
      }
    }
  }

  @Test
  void a_connection_is_kept_when_its_answer_was_read_and_dropped_when_not() throws IOException {
    try (var receiver =
            RawReceiver.answering(wire -> wire.say(OK + "Content-Length: 2\r\n\r\nok"));
        var calling = calling(FAR_MS)) {
      calling.post(receiver.url());
      calling.post(receiver.url());
      assertThat(receiver.connections()).isEqualTo(1);
    }
  }

  @Test
  void nobody_there_is_told_apart() throws IOException {
    var receiver = RawReceiver.answering(wire -> wire.say(OK));
    receiver.close();
    try (var calling = calling(FAR_MS)) {
      assertThat(catchThrowable(() -> calling.post(receiver.url())))
          .isInstanceOf(ConnectException.class);
    }
  }

  private static Script says(String text) {
    return wire -> {
      wire.say(text);
      wire.hangUp();
    };
  }

  private static Script forEver(String first, String then) {
    return wire -> wire.say(first).forEver(then);
  }

  private static Script drip(String first, String then) {
    return wire -> wire.say(first).drip(then);
  }

  private static byte[] bomb() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      var zeros = "0".repeat(1 << 20).getBytes(ISO_8859_1);
      for (int i = 0; i < 64; i++) {
        gzip.write(zeros);
      }
    }
    return bytes.toByteArray();
  }
}
