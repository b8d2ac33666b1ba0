package com.callback.messaging.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Requests written byte by byte, for those that no client library would send. Each carries secrets
 * in its headers, and none may come back with any of them, or with anything internal.
 */
public final class RawHttp {

  /** Stands in headers that a caller sends, and must be nowhere else. */
  public static final String MARKER = "marker-0d3c6f5e";

  /** What each request carries besides what a test gives it. */
  public static final Map<String, String> SECRETS =
      Map.of("Authorization", "Bearer " + MARKER, "X-Marker", MARKER, "X-Secret", MARKER + "-2");

  private static final List<String> INTERNALS =
      List.of("\tat ", "Exception", "com.callback", "org.apache", "springframework", "Caused by");

  /** The sandbox shows what people wrote in other tests, "Exception" among it. */
  private static final String WHAT_PEOPLE_WROTE = " /sandbox/messages";

  private static final int PATIENCE_MS = 20_000;

  private final int port;

  public RawHttp(Service service) {
    this.port = service.at("/").getPort();
  }

  /** Sends a body with its length. */
  public Answer send(String method, String target, String headers, byte[] body) {
    return exchange(
        head(method, target, headers + "Content-Length: " + body.length + "\r\n"), body);
  }

  /** Sends a body piece by piece, its length unknown until its end. */
  public Answer sendChunked(String method, String target, String headers, byte[] body) {
    var chunks = new ByteArrayOutputStream();
    for (int from = 0; from < body.length; from += 8_000) {
      var chunk = Arrays.copyOfRange(body, from, Math.min(body.length, from + 8_000));
      chunks.writeBytes((Integer.toHexString(chunk.length) + "\r\n").getBytes(ISO_8859_1));
      chunks.writeBytes(chunk);
      chunks.writeBytes("\r\n".getBytes(ISO_8859_1));
    }
    chunks.writeBytes("0\r\n\r\n".getBytes(ISO_8859_1));
    return exchange(
        head(method, target, headers + "Transfer-Encoding: chunked\r\n"), chunks.toByteArray());
  }

  /** Sends no body at all. */
  public Answer send(String method, String target) {
    return exchange(head(method, target, ""), new byte[0]);
  }

  private static byte[] head(String method, String target, String headers) {
    var secrets =
        SECRETS.entrySet().stream()
            .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
            .collect(Collectors.joining());
    return "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s%s\r\n"
        .formatted(method, target, secrets, headers)
        .getBytes(UTF_8);
  }

  private Answer exchange(byte[] head, byte[] body) {
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(PATIENCE_MS);
      socket.getOutputStream().write(head);
      socket.getOutputStream().write(body);
      socket.getOutputStream().flush();
      var answer = Answer.of(socket.getInputStream().readAllBytes());
      assertThat(answer.all()).doesNotContain("marker-");
      if (!new String(head, UTF_8).contains(WHAT_PEOPLE_WROTE)) {
        assertThat(answer.all()).doesNotContain(INTERNALS);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What came back.
   *
   * @param headers by name in lower case
   * @param all everything, byte for byte
   */
  public record Answer(int status, Map<String, String> headers, String body, String all) {

    static Answer of(byte[] bytes) {
      var all = new String(bytes, ISO_8859_1);
      var parts = all.split("\r\n\r\n", 2);
      var lines = parts[0].split("\r\n");
      var headers = new LinkedHashMap<String, String>();
      for (var line : Arrays.asList(lines).subList(1, lines.length)) {
        var header = line.split(": ?", 2);
        headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
      }
      var body = parts.length == 1 ? "" : parts[1];
      return new Answer(
          Integer.parseInt(lines[0].split(" ")[1]),
          headers,
          new String(
              (headers.containsKey("transfer-encoding") ? joined(body) : body).getBytes(ISO_8859_1),
              UTF_8),
          all);
    }

    private static String joined(String chunked) {
      var body = new StringBuilder();
      var rest = chunked;
      while (!rest.isEmpty()) {
        var line = rest.indexOf("\r\n");
        var length = Integer.parseInt(rest.substring(0, line), 16);
        body.append(rest, line + 2, line + 2 + length);
        rest = length == 0 ? "" : rest.substring(line + 2 + length + 2);
      }
      return body.toString();
    }

    /** The media type alone. */
    public String type() {
      return headers.getOrDefault("content-type", "").split(";")[0];
    }
  }
}
