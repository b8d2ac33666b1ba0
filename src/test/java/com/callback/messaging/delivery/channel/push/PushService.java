package com.callback.messaging.delivery.channel.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * A push service as RFC 8030 and RFC 8292 have it: it takes what names its sender by a valid token,
 * in the encoding of RFC 8188, and nothing else. It answers with the status that a test sets.
 */
final class PushService implements AutoCloseable {

  private static final Pattern AUTHORIZATION =
      Pattern.compile("vapid t=([\\w-]+)\\.([\\w-]+)\\.([\\w-]+), k=([\\w-]+)");
  private static final int CREATED = 201;
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final long LONGEST_SECONDS = 86_400;

  private final HttpServer server;
  private final Clock clock;
  private final ObjectMapper json = new ObjectMapper();
  private final List<Message> messages = new CopyOnWriteArrayList<>();
  private final List<String> refusals = new CopyOnWriteArrayList<>();
  private volatile int status = CREATED;

  /** What was taken. */
  record Message(byte[] body, String key, String urgency, String topic, String ttl) {}

  PushService(Clock clock) {
    this.clock = clock;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Message> messages() {
    return messages;
  }

  /** Why requests were refused that a push service would not take. */
  List<String> refusals() {
    return refusals;
  }

  void answersWith(int next) {
    status = next;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      var headers = exchange.getRequestHeaders();
      var token = AUTHORIZATION.matcher(String.valueOf(headers.getFirst("Authorization")));
      int answer = status;
      if (!token.matches()
          || !isValid(token.group(1), token.group(2), token.group(3), token.group(4))) {
        refusals.add("Authorization: " + headers.getFirst("Authorization"));
        answer = FORBIDDEN;
      } else if (!"aes128gcm".equals(headers.getFirst("Content-Encoding"))
          || !String.valueOf(headers.getFirst("TTL")).matches("\\d+")
          || !String.valueOf(headers.getFirst("Topic")).matches("[\\w-]{1,32}")) {
        refusals.add(headers.entrySet().toString());
        answer = BAD_REQUEST;
      } else {
        messages.add(
            new Message(
                body,
                token.group(4),
                headers.getFirst("Urgency"),
                headers.getFirst("Topic"),
                headers.getFirst("TTL")));
      }
      exchange.sendResponseHeaders(answer, -1);
    }
  }

  private boolean isValid(String header, String claims, String signature, String key)
      throws IOException {
    try {
      var verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
      verifier.initVerify(P256.publicKey(bytes(key)));
      verifier.update((header + "." + claims).getBytes(UTF_8));
      var said = json.readTree(bytes(claims));
      var seconds = said.path("exp").asLong() - clock.instant().getEpochSecond();
      return verifier.verify(bytes(signature))
          && json.readTree(bytes(header)).path("alg").asText().equals("ES256")
          && said.path("aud").asText().equals(origin())
          && said.path("sub").asText().matches("(mailto:|https:).+")
          && seconds > 0
          && seconds <= LONGEST_SECONDS;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static byte[] bytes(String base64) {
    return Base64.getUrlDecoder().decode(base64);
  }
}
