package com.callback.messaging.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * A strict stand-in for SendGrid's API: it takes what {@link SendGridRules} allow, and fails as a
 * test says. {@link StandIns} runs it by hand. There the part of the recipient before the @ says
 * what happens: the name of a {@link Trouble} in lower case ({@code too_many@example.com}), or that
 * of an event ({@code bounce@example.com}); any other mail is delivered.
 */
public final class FakeSendGrid implements AutoCloseable {

  /** The key that it takes. */
  public static final String KEY = "SG.fake.key";

  private static final Map<String, String> NO_USER =
      Map.of("type", "bounce", "status", "5.1.1", "reason", "550 5.1.1 no such user");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGEST = 30 * 1_048_576;

  /** How a request can fail. */
  public enum Trouble {
    UNAUTHORIZED(401, "The provided authorization grant is invalid, expired, or revoked"),
    FORBIDDEN(403, "The from address does not match a verified Sender Identity."),
    NOT_FOUND(404, "not found"),
    TOO_LARGE(413, "The size of the message exceeds the limit"),
    TOO_MANY(429, "too many requests"),
    BROKEN(500, "internal error"),
    /** With a page in place of JSON, as a proxy in front of it would. */
    UNAVAILABLE(503, null),
    /** The connection ends without a response, and the mail is sent. */
    CONNECTION_LOST(0, null),
    /** The response comes after {@link FakeSendGrid#letGo()}, and the mail is sent. */
    SLOW(202, null),
    /** 202 without the id of the message. */
    NO_ID(202, null);

    private final int status;
    private final String message;

    Trouble(int status, String message) {
      this.status = status;
      this.message = message;
    }
  }

  /** A mail that it took. */
  public record Sent(JsonNode request, String messageId) {

    public String recipient() {
      return request.at("/personalizations/0/to/0/email").asText();
    }

    public UUID delivery() {
      return UUID.fromString(request.at("/personalizations/0/custom_args/mid").asText());
    }

    public boolean isSandboxed() {
      return request.at("/mail_settings/sandbox_mode/enable").asBoolean();
    }
  }

  private final String key;
  private final HttpServer server;
  private final Queue<Trouble> troubles = new ConcurrentLinkedQueue<>();
  private final List<Sent> sent = new CopyOnWriteArrayList<>();
  private volatile Instant resetAt = Instant.EPOCH;
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile boolean isByHand;
  private volatile Consumer<Sent> beforeResponse = mail -> {};
  private volatile Consumer<Sent> afterResponse = mail -> {};

  public FakeSendGrid() {
    this(0, KEY);
  }

  /**
   * @param port 0 for any that is free
   * @param key the only one that it takes
   */
  public FakeSendGrid(int port, String key) {
    this.key = key;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::take);
    server.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              var thread = new Thread(task, "fake-sendgrid");
              thread.setDaemon(true);
              return thread;
            }));
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The next request not yet spoken for fails so. */
  public FakeSendGrid fails(Trouble... next) {
    troubles.addAll(List.of(next));
    return this;
  }

  /** When the limit of {@link Trouble#TOO_MANY} is reset. */
  public void resetsAt(Instant moment) {
    resetAt = moment;
  }

  /** Runs for each mail before its response: events may overtake it. */
  public void beforeResponse(Consumer<Sent> action) {
    beforeResponse = action;
  }

  /** From now on slow requests wait until {@link #letGo()}. */
  public void hang() {
    gate = new CountDownLatch(1);
  }

  public void letGo() {
    gate.countDown();
  }

  /** What was sent to a recipient. */
  public List<Sent> sent(String recipient) {
    return sent.stream().filter(mail -> mail.recipient().equalsIgnoreCase(recipient)).toList();
  }

  /** Back to good health. */
  public void recover() {
    letGo();
    troubles.clear();
    beforeResponse = mail -> {};
  }

  @Override
  public void close() {
    letGo();
    server.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      if (!exchange.getRequestURI().getPath().equals("/v3/mail/send")) {
        refuse(exchange, 404, null, "not found");
      } else if (!exchange.getRequestMethod().equals("POST")) {
        refuse(exchange, 405, null, "method not allowed");
      } else if (!("Bearer " + key).equals(header(exchange, "Authorization"))) {
        refuse(exchange, 401, null, Trouble.UNAUTHORIZED.message);
      } else if (!"application/json".equals(header(exchange, "Content-Type"))) {
        refuse(exchange, 415, null, "Content-Type should be application/json.");
      } else if (body.length > LARGEST) {
        refuse(exchange, 413, null, Trouble.TOO_LARGE.message);
      } else {
        mail(exchange, body);
      }
    }
  }

  private void mail(HttpExchange exchange, byte[] body) throws IOException {
    JsonNode request;
    try {
      request = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      refuse(exchange, 400, null, "Bad Request");
      return;
    }
    var problems = SendGridRules.problems(request);
    if (!problems.isEmpty()) {
      refuse(exchange, 400, problems.get(0).field(), problems.get(0).message());
      return;
    }
    var mail = new Sent(request, UUID.randomUUID().toString().replace("-", "").substring(0, 22));
    var trouble = isByHand ? named(mail.recipient()) : troubles.poll();
    if (trouble == null) {
      accept(exchange, mail, true);
      return;
    }
    switch (trouble) {
      case CONNECTION_LOST -> sent.add(mail);
      case SLOW -> {
        await();
        accept(exchange, mail, true);
      }
      case NO_ID -> accept(exchange, mail, false);
      case UNAVAILABLE -> {
        exchange.getResponseHeaders().set("Content-Type", "text/html");
        answer(exchange, 503, "<html><body>upstream connect error</body></html>");
      }
      default -> refuse(exchange, trouble.status, null, trouble.message);
    }
  }

  private void accept(HttpExchange exchange, Sent mail, boolean hasId) throws IOException {
    sent.add(mail);
    beforeResponse.accept(mail);
    if (hasId) {
      exchange.getResponseHeaders().set("X-Message-Id", mail.messageId());
    }
    answer(exchange, mail.isSandboxed() ? 200 : 202, "");
    if (!mail.isSandboxed()) {
      afterResponse.accept(mail);
    }
  }

  private void refuse(HttpExchange exchange, int status, String field, String message)
      throws IOException {
    var errors = JSON.createObjectNode();
    errors.putArray("errors").addObject().put("message", message).put("field", field);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    if (status == 429) {
      exchange
          .getResponseHeaders()
          .set("X-RateLimit-Reset", String.valueOf(resetAt.getEpochSecond()));
    }
    answer(exchange, status, errors.toString());
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("X-RateLimit-Limit", "600");
    exchange.getResponseHeaders().set("X-RateLimit-Remaining", status == 429 ? "0" : "599");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static String header(HttpExchange exchange, String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }

  private static Trouble named(String recipient) {
    var name = recipient.replaceAll("@.*", "").toUpperCase(Locale.ROOT);
    return List.of(Trouble.values()).stream()
        .filter(trouble -> trouble.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private void await() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Runs it as a server, reports to the service, and prints what arrives. The part of a recipient
   * before the @ says what becomes of the mail. {@code POST /bounce?<address>} lets the newest mail
   * to an address bounce, {@code POST /reply?<address>} answers it with the body.
   *
   * @param port 0 for any that is free
   * @param service the address of the service
   * @param parseSecret of Inbound Parse
   * @param webhook signs the events
   */
  static FakeSendGrid byHand(
      int port, String service, String parseSecret, SendGridWebhook webhook) {
    var fake = new FakeSendGrid(port, KEY);
    var events = URI.create(service + "/api/receipts/sendgrid");
    fake.isByHand = true;
    fake.afterResponse = mail -> report(mail, webhook, events);
    fake.server.createContext(
        "/bounce",
        exchange -> fake.newest(exchange, (mail, text) -> bounce(mail, webhook, events)));
    var parse = URI.create(service + "/api/inbound/sendgrid/" + parseSecret);
    fake.server.createContext(
        "/reply",
        exchange ->
            fake.newest(
                exchange, (mail, text) -> webhook.parsed(parse, InboundMail.answer(mail, text))));
    return fake;
  }

  /** Does something about the newest mail to the address in the query, with the body. */
  private void newest(HttpExchange exchange, BiFunction<Sent, String, Integer> action)
      throws IOException {
    try (exchange) {
      var text = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      var to = sent(String.valueOf(exchange.getRequestURI().getQuery()));
      if (to.isEmpty()) {
        answer(exchange, 404, "No mail went to this address.\n");
      } else {
        var status = action.apply(to.get(to.size() - 1), text);
        answer(exchange, 200, "The service responded %d.%n".formatted(status));
      }
    }
  }

  private static int bounce(Sent mail, SendGridWebhook webhook, URI address) {
    var clock = Clock.systemUTC();
    return webhook
        .post(
            address,
            clock,
            SendGridWebhook.event(mail, "bounce", clock.instant().getEpochSecond(), NO_USER))
        .statusCode();
  }

  private static void report(Sent mail, SendGridWebhook webhook, URI address) {
    var name = mail.recipient().replaceAll("@.*", "");
    var ending =
        List.of("bounce", "dropped", "deferred", "spamreport", "unsubscribe").contains(name)
            ? name
            : "delivered";
    var clock = Clock.systemUTC();
    var now = clock.instant().getEpochSecond();
    var response =
        webhook.post(
            address,
            clock,
            SendGridWebhook.event(mail, "processed", now, Map.of()),
            SendGridWebhook.event(
                mail,
                ending,
                now + 1,
                name.equals("bounce")
                    ? NO_USER
                    : Map.of("response", "250 2.0.0 OK", "reason", "said by the address")));
    System.out.printf(
        "%nmail to %s: %s%n%s%n%s (the service responded %d)%n",
        mail.recipient(),
        mail.request().at("/subject").asText(),
        mail.request().at("/content/0/value").asText().strip(),
        ending,
        response.statusCode());
  }
}
