package com.callback.messaging.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Speaks touchSMS V2 as its contract says, refuses whatever is not in it, and fails in each way
 * that it documents. {@link StandIns} runs it by hand.
 */
public final class TouchSmsServer implements AutoCloseable {

  public static final String USER = "token";
  public static final String PASSWORD = "secret";

  /** What the next request meets. */
  public enum Trouble {
    NONE,
    UNAVAILABLE,
    TOO_MANY,
    INVALID,
    DROPPED,
    SLOW,
    NOT_JSON,
    NO_CREDIT,
    RECEIPT_FIRST
  }

  private static final int MOST_MESSAGES = 1_000;
  private static final int MOST_A_SECOND = 5;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Requests that left within a second or more may arrive closer together on a busy machine. */
  private static final long ARRIVING_TOGETHER = SECOND / 2;

  private static final Set<String> FIELDS =
      Set.of("to", "from", "body", "campaign", "reference", "metadata", "media", "date");
  private static final Pattern MOBILE = Pattern.compile("\\+?(?:614[0-9]{8}|642[0-9]{6,9})");
  private static final Pattern SENDER =
      Pattern.compile("SHARED_NUMBER|\\+?[0-9]{8,15}|[A-Za-z0-9 ]{1,11}");

  private final ObjectMapper json = new ObjectMapper();
  private final HttpServer server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
  private final List<JsonNode> sent = new CopyOnWriteArrayList<>();
  private final Deque<Long> lately = new ArrayDeque<>();
  private volatile Trouble trouble = Trouble.NONE;
  private volatile String receipts;
  private volatile Consumer<JsonNode> watcher = sms -> {};
  private volatile int credits = 1_000;

  public TouchSmsServer() {
    this(0);
  }

  private TouchSmsServer(int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/api/v2/sms", call -> post(call, false));
    server.createContext("/api/v2/sms/dry", call -> post(call, true));
    server.createContext("/api/v2/account", this::account);
    server.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              var thread = new Thread(task, "touchsms");
              thread.setDaemon(true);
              return thread;
            }));
    server.start();
  }

  /**
   * Runs it as a server that prints what arrives. {@code POST /trouble?TOO_MANY} lets the next
   * request fail, {@code POST /reply?<number>} answers the newest SMS to a number with the body.
   *
   * @param port 0 for any that is free
   * @param receipts where it reports
   */
  static TouchSmsServer byHand(int port, String receipts) {
    var touchSms = new TouchSmsServer(port);
    touchSms.receiptsTo(receipts);
    touchSms.watcher =
        sms ->
            System.out.printf(
                "%nSMS to %s: %s%n", sms.path("to").asText(), sms.path("body").asText());
    touchSms.server.createContext("/trouble", touchSms::turn);
    touchSms.server.createContext("/reply", touchSms::reply);
    return touchSms;
  }

  private String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The address up to {@code /v2}. */
  public String url() {
    return origin() + "/api";
  }

  /** Reports what became of messages, and what people answer, to this address. */
  public void receiptsTo(String url) {
    receipts = url;
  }

  /** The next request meets this. */
  public void meets(Trouble next) {
    trouble = next;
  }

  /** The bodies of the requests that had the right credentials. */
  public List<JsonNode> requests() {
    return requests;
  }

  /** The messages that were accepted for sending. */
  public List<JsonNode> sent() {
    return sent;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void account(HttpExchange call) throws IOException {
    try (call) {
      if (isKnown(call)) {
        answer(call, 200, Map.of("data", Map.of("id", 1, "credits", credits)));
      }
    }
  }

  private void post(HttpExchange call, boolean isDry) throws IOException {
    try (call) {
      if (!isKnown(call) || isTooFast(call)) {
        return;
      }
      var body = call.getRequestBody().readAllBytes();
      var next = trouble;
      trouble = Trouble.NONE;
      var request = json.readTree(new String(body, StandardCharsets.UTF_8));
      requests.add(request);
      var wrong = wrong(call, request);
      if (wrong != null) {
        invalid(call, wrong);
        return;
      }
      switch (next) {
        case UNAVAILABLE -> answer(call, 503, Map.of("message", "Service Unavailable"));
        case TOO_MANY -> tooMany(call);
        case INVALID -> invalid(call, "One of the messages is not valid.");
        case DROPPED -> take(request, isDry);
        case SLOW -> {
          take(request, isDry);
          LockSupport.parkNanos(30 * SECOND);
        }
        case NOT_JSON -> {
          take(request, isDry);
          answer(call, 200, "<html>");
        }
        case NO_CREDIT -> {
          credits = 0;
          answer(call, 200, take(request, true));
          credits = 1_000;
        }
        case RECEIPT_FIRST -> {
          var data = take(request, isDry);
          report(data);
          answer(call, 200, data);
        }
        case NONE -> {
          var data = take(request, isDry);
          answer(call, 200, data);
          report(data);
        }
      }
    }
  }

  private boolean isKnown(HttpExchange call) throws IOException {
    var expected =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    if (expected.equals(call.getRequestHeaders().getFirst("Authorization"))) {
      return true;
    }
    call.getRequestBody().readAllBytes();
    answer(call, 401, Map.of("message", "Unauthenticated."));
    return false;
  }

  private boolean isTooFast(HttpExchange call) throws IOException {
    synchronized (lately) {
      var now = System.nanoTime();
      while (!lately.isEmpty() && now - lately.peekFirst() >= ARRIVING_TOGETHER) {
        lately.removeFirst();
      }
      lately.addLast(now);
      if (lately.size() <= MOST_A_SECOND) {
        return false;
      }
    }
    call.getRequestBody().readAllBytes();
    tooMany(call);
    return true;
  }

  /** What the contract does not have; null where it has all of it. */
  private static String wrong(HttpExchange call, JsonNode request) {
    if (!"application/json".equals(call.getRequestHeaders().getFirst("Content-Type"))
        || !"application/json".equals(call.getRequestHeaders().getFirst("Accept"))) {
      return "Content-Type and Accept are application/json.";
    }
    var messages = request.path("messages");
    if (!messages.isArray() || messages.isEmpty() || messages.size() > MOST_MESSAGES) {
      return "The messages field has 1 to 1000 messages.";
    }
    for (var message : messages) {
      for (var field : message.properties()) {
        if (!FIELDS.contains(field.getKey())) {
          return "The field " + field.getKey() + " is unknown.";
        }
      }
      for (var field : List.of("to", "from", "body")) {
        if (!message.path(field).isTextual() || message.path(field).asText().isEmpty()) {
          return "The field " + field + " is required.";
        }
      }
      if (!message.path("metadata").isObject() && message.has("metadata")) {
        return "The field metadata is an object.";
      }
    }
    return null;
  }

  private ObjectNode take(JsonNode request, boolean isDry) {
    var data = json.createObjectNode();
    var accepted = data.putObject("data").putArray("messages");
    var refused = ((ObjectNode) data.get("data")).putArray("errors");
    for (var message : request.path("messages")) {
      var item = ((ObjectNode) message).deepCopy();
      item.remove("metadata");
      if (!MOBILE.matcher(message.path("to").asText()).matches()) {
        refused.add(item.put("status", "ERROR").put("error_code", "INVALID_RECIPIENT"));
      } else if (!SENDER.matcher(message.path("from").asText()).matches()) {
        refused.add(item.put("status", "ERROR").put("error_code", "INVALID_SENDER_ID"));
      } else {
        accepted.add(
            item.put("status", "VALID").put("to", message.path("to").asText().replace("+", "")));
        if (!isDry) {
          sent.add(message);
          watcher.accept(message);
        }
      }
    }
    ((ObjectNode) data.get("data"))
        .putObject("meta")
        .put("totalMessages", accepted.size())
        .put("creditBalance", credits)
        .put("hasSufficientCredits", credits > 0);
    return data;
  }

  private void report(JsonNode data) {
    for (var message : data.at("/data/messages")) {
      push(
          Map.of(
              "reference", message.path("reference").asText(),
              "metadata", Map.of("mid", message.path("reference").asText()),
              "to", message.path("to").asText(),
              "status", "delivered"));
    }
  }

  /** Somebody answers the newest message they got. */
  public void answers(String from, String text) {
    var newest =
        sent.stream()
            .filter(each -> each.path("to").asText().equals(from))
            .reduce((first, second) -> second);
    push(
        Map.of(
            "event", "message_received",
            "to", newest.map(each -> each.path("from").asText()).orElse("SHARED_NUMBER"),
            "from", from.replace("+", ""),
            "content", text,
            "is_opt_out", text.strip().equalsIgnoreCase("STOP"),
            "metadata", newest.map(each -> each.path("metadata")).orElse(json.createObjectNode())));
  }

  private void push(Object payload) {
    if (receipts == null) {
      return;
    }
    try {
      http.send(
          HttpRequest.newBuilder(URI.create(receipts))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(payload)))
              .build(),
          BodyHandlers.discarding());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void turn(HttpExchange call) throws IOException {
    try (call) {
      meets(Trouble.valueOf(call.getRequestURI().getQuery()));
      answer(call, 200, Map.of());
    }
  }

  private void reply(HttpExchange call) throws IOException {
    try (call) {
      var text = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      answers(call.getRequestURI().getQuery(), text);
      answer(call, 200, Map.of());
    }
  }

  private void tooMany(HttpExchange call) throws IOException {
    call.getResponseHeaders().set("Retry-After", "1");
    answer(call, 429, Map.of("message", "Too Many Attempts."));
  }

  private void invalid(HttpExchange call, String why) throws IOException {
    answer(call, 422, Map.of("message", why, "errors", Map.of("messages", List.of(why))));
  }

  private void answer(HttpExchange call, int status, Object body) throws IOException {
    var bytes =
        body instanceof String text
            ? text.getBytes(StandardCharsets.UTF_8)
            : json.writeValueAsBytes(body);
    call.getResponseHeaders().set("Content-Type", "application/json");
    call.sendResponseHeaders(status, bytes.length);
    call.getResponseBody().write(bytes);
  }
}
