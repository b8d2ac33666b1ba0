package com.callback.messaging.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Stands in for the providers of chats, and for one of SMS, each below a path of its name, as
 * {@code src/test/resources/providers/providers.yaml} describes them: it refuses what the provider
 * would refuse, and fails as the provider does when it is told to.
 */
public final class ProviderStandIn implements AutoCloseable {

  private static final JsonNode PROVIDERS = read();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final List<Caught> caught = new CopyOnWriteArrayList<>();
  private final Map<String, Queue<JsonNode>> failures = new ConcurrentHashMap<>();
  private volatile Consumer<Caught> watcher = request -> {};

  /**
   * A request as it came.
   *
   * @param address path and query, without the name of the provider
   * @param headers by name in lower case
   * @param refusals what the provider would not accept; empty for a request that it accepts
   */
  public record Caught(
      String provider,
      String address,
      Map<String, String> headers,
      String body,
      List<String> refusals) {}

  /**
   * @param port 0 for any that is free
   */
  public ProviderStandIn(int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::respond);
    server.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              var thread = new Thread(task, "provider-stand-in");
              thread.setDaemon(true);
              return thread;
            }));
    server.start();
  }

  /** Starts a server that prints what arrives. */
  static ProviderStandIn byHand(int port) {
    var standIn = new ProviderStandIn(port);
    standIn.watcher =
        request ->
            System.out.printf(
                "%n%s %s%n%s%n%s%n",
                request.provider(),
                request.refusals().isEmpty() ? "accepts" : "refuses " + request.refusals(),
                request.address(),
                request.body());
    return standIn;
  }

  /** The names of all providers, which are those of their channels. */
  public static List<String> providers() {
    return PROVIDERS.properties().stream().map(Map.Entry::getKey).sorted().toList();
  }

  /** How a provider is described. */
  public static JsonNode provider(String name) {
    return PROVIDERS.path(name);
  }

  /** What a body has that a provider does not accept. */
  public static List<String> refusals(String provider, String body) {
    var described = provider(provider);
    try {
      var longest = described.path("longest").asInt(Integer.MAX_VALUE);
      if (body.getBytes(StandardCharsets.UTF_8).length > longest) {
        return List.of("The body is longer than " + longest + " bytes");
      }
      return JsonSchemaFactory.getInstance(VersionFlag.V202012)
          .getSchema(described.get("schema"))
          .validate(JSON.readTree(body))
          .stream()
          .map(problem -> problem.getMessage())
          .toList();
    } catch (JsonProcessingException e) {
      return List.of("The body is not JSON");
    }
  }

  /** The address of a provider. */
  public String url(String provider) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + provider;
  }

  /** A recipient of the provider's, which the stand-in accepts. */
  public String recipient(String provider) {
    return provider(provider).path("recipient").asText().replace("{url}", url(provider));
  }

  /** The settings by which the service finds the stand-in in the place of a provider. */
  public Map<String, String> settings(String provider) {
    var settings = new TreeMap<String, String>();
    var block = "channels." + provider + ".";
    settings.put(block + "enabled", "true");
    for (var setting : provider(provider).path("settings").properties()) {
      settings.put(
          block + setting.getKey(), setting.getValue().asText().replace("{url}", url(provider)));
    }
    if (recipient(provider).startsWith(url(provider)) && !provider.equals("json")) {
      settings.put(block + "recipient.pattern", Pattern.quote(url(provider)) + "/[!-z~]+");
      settings.put(block + "recipient.example", recipient(provider).replace("Hush0", "XXXXX"));
    }
    return settings;
  }

  /** The next request to the provider fails as this failure of its description. */
  public void fails(String provider, String failure) {
    failures
        .computeIfAbsent(provider, name -> new ConcurrentLinkedQueue<>())
        .add(provider(provider).path("fails").path(failure));
  }

  /** What has come to a provider. */
  public List<Caught> caught(String provider) {
    return caught.stream().filter(request -> request.provider().equals(provider)).toList();
  }

  /** Forgets what came, and how the next requests would fail. */
  public void forget() {
    caught.clear();
    failures.clear();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void respond(HttpExchange exchange) throws IOException {
    var request = request(exchange);
    caught.add(request);
    var described = provider(request.provider());
    var failing = failures.get(request.provider());
    var failure = failing == null ? null : failing.poll();
    if (failure != null) {
      respond(exchange, failure);
    } else {
      respond(exchange, described.path(request.refusals().isEmpty() ? "accepts" : "invalid"));
    }
    watcher.accept(request);
  }

  private Caught request(HttpExchange exchange) throws IOException {
    var uri = exchange.getRequestURI();
    var provider = uri.getRawPath().split("/", 3)[1];
    var path = uri.getRawPath().substring(provider.length() + 1);
    var query = uri.getRawQuery();
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var headers = new TreeMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    var refusals = new TreeSet<>(refusals(provider, body));
    var described = provider(provider);
    expect(refusals, "method", "POST", exchange.getRequestMethod());
    expect(refusals, "query", described.path("query").textValue(), query);
    expect(refusals, "content-type", "application/json", headers.get("content-type"));
    expect(
        refusals,
        "authorization",
        described.at("/headers/authorization").textValue(),
        headers.get("authorization"));
    if (!path.matches(described.path("path").asText())) {
      refusals.add("path: " + path);
    }
    return new Caught(
        provider, path + (query == null ? "" : "?" + query), headers, body, List.copyOf(refusals));
  }

  private static void expect(TreeSet<String> refusals, String what, String wanted, String given) {
    if (!String.valueOf(wanted).equals(String.valueOf(given))) {
      refusals.add("%s: %s instead of %s".formatted(what, given, wanted));
    }
  }

  private static void respond(HttpExchange exchange, JsonNode response) throws IOException {
    for (var header : response.path("headers").properties()) {
      exchange.getResponseHeaders().set(header.getKey(), header.getValue().asText());
    }
    if (response.has("type")) {
      exchange.getResponseHeaders().set("Content-Type", response.get("type").asText());
    }
    var body = response.path("body").asText().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(
        response.path("status").asInt(404), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private static JsonNode read() {
    try {
      return new YAMLMapper()
          .readTree(Path.of("src/test/resources/providers/providers.yaml").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
