package com.callback.messaging.support;

import static org.awaitility.Awaitility.await;

import com.callback.messaging.operation.caller.ApiKeys;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The running service as a caller sees it, and its database as an administrator does. */
@TestComponent
public class Service implements AutoCloseable {

  /** More than other tests' deliveries reach the sandbox between two requests. */
  private static final int MEANWHILE = 100;

  private final Environment environment;
  private final ObjectMapper json;
  private final javax.sql.DataSource login;
  private final HikariDataSource administrator = new HikariDataSource();
  private final JdbcClient database = JdbcClient.create(administrator);
  private final ApiKeys keys;
  private final HttpClient http = HttpClient.newHttpClient();

  Service(
      Environment environment,
      ObjectMapper json,
      ApiKeys keys,
      @Qualifier("login") javax.sql.DataSource login) {
    this.keys = keys;
    this.environment = environment;
    this.json = json;
    this.login = login;
    // The login itself connects anew for each statement, which takes longer than most of them.
    administrator.setDataSource(login);
    administrator.setPoolName("administrator");
    administrator.setMinimumIdle(1);
  }

  @Override
  public void close() {
    administrator.close();
  }

  /** The database under the login that migrates it, which in tests may see everything. */
  public JdbcClient database() {
    return database;
  }

  /** Where a test takes a connection of its own, as an administrator, such as to hold a lock. */
  public javax.sql.DataSource login() {
    return login;
  }

  /** The address of a path. */
  public URI at(String path) {
    return URI.create("http://127.0.0.1:" + environment.getProperty("local.server.port") + path);
  }

  /**
   * A business of its own for a test, with all three channels on, its webhook going to the given
   * address.
   */
  public Business business(String webhookUrl) {
    var business = businessWithoutChannels();
    for (var channel :
        List.of(
            Map.of("type", "email", "config", "{\"to\":\"" + business.email() + "\"}"),
            Map.of("type", "sms", "config", "{\"to\":\"" + business.phone() + "\"}"),
            Map.of("type", "webhook", "config", "{\"url\":\"" + webhookUrl + "\"}"))) {
      database
          .sql(
              "insert into public.message_channels (business_id, channel_type, config) values (?, ?, ?::jsonb)")
          .params(business.id(), channel.get("type"), channel.get("config"))
          .update();
    }
    return business;
  }

  /** A business with an open funnel that is told of nothing. */
  public Business businessWithoutChannels() {
    var caughtBefore =
        database
            .sql("select coalesce(max(id), 0) from messaging.sandbox_messages")
            .query(Long.class)
            .single();
    var business =
        new Business(UUID.randomUUID(), UUID.randomUUID(), "f-" + UUID.randomUUID(), caughtBefore);
    database
        .sql("insert into public.businesses (id, name) values (?, 'Test business')")
        .param(business.id())
        .update();
    database
        .sql("insert into public.funnels (id, business_id, name) values (?, ?, 'Test funnel')")
        .params(business.funnel(), business.id())
        .update();
    database
        .sql(
            "insert into messaging.funnel_settings (funnel_id, slug, title) values (?, ?, 'Test form')")
        .params(business.funnel(), business.slug())
        .update();
    return business;
  }

  /** A new API key of a business, with these scopes. */
  public String key(Business business, String... scopes) {
    var key = keys.generate();
    database
        .sql(
            "insert into messaging.api_keys (business_id, name, prefix, hash, scopes) values (?, 'Test', ?, ?, string_to_array(?, ','))")
        .params(business.id(), keys.prefix(key), keys.hash(key), String.join(",", scopes))
        .update();
    return key;
  }

  /**
   * A new session of a new person who is a member of a business, as this: what its cookie holds.
   */
  public String session(Business business, String role) {
    var token = keys.generate().substring(4);
    var person = UUID.randomUUID();
    database
        .sql("insert into messaging.people (id, email, created_at) values (?, ?, now())")
        .params(person, role + "-" + person + "@example.com")
        .update();
    database
        .sql("insert into messaging.business_members (business_id, user_id, role) values (?, ?, ?)")
        .params(business.id(), person, role)
        .update();
    database
        .sql(
            "insert into messaging.sessions (person_id, hash, created_at, last_used_at, expires_at) values (?, ?, now(), now() + interval '1 year', now() + interval '2 years')")
        .params(person, keys.hash(token))
        .update();
    return token;
  }

  /**
   * Calls the API with a key, or with a session and the token against forgery; the body is JSON or
   * null.
   */
  public HttpResponse<String> call(String method, String path, String key, Object body) {
    var request = HttpRequest.newBuilder(at(path));
    if (!key.matches("[0-9a-f]{64}")) {
      request.header("Authorization", "Bearer " + key);
    } else {
      request.header("Cookie", "callback_session=" + key + "; XSRF-TOKEN=anything");
      request.header("X-XSRF-TOKEN", "anything");
    }
    if (body == null) {
      return send(request.method(method, BodyPublishers.noBody()));
    }
    try {
      return send(
          request
              .header("Content-Type", "application/json")
              .method(
                  method,
                  BodyPublishers.ofString(
                      body instanceof String text ? text : json.writeValueAsString(body))));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A business whose webhook goes to the service's own sandbox. */
  public Business business() {
    return business(at("/sandbox/webhook").toString());
  }

  /** Posts JSON to the intake, as a request of its own whatever was sent before. */
  public HttpResponse<String> post(Object body) {
    try {
      return send(
          request("/api/messages", "application/json")
              .header("Idempotency-Key", UUID.randomUUID().toString())
              .POST(
                  BodyPublishers.ofByteArray(
                      body instanceof String text
                          ? text.getBytes(java.nio.charset.StandardCharsets.UTF_8)
                          : json.writeValueAsBytes(body))));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Asks for a call back at a business's funnel and gives the new message's id; fails unless the
   * answer is 202.
   */
  public UUID lead(Business business, Map<String, Object> fields) {
    var body = new LinkedHashMap<String, Object>(fields);
    body.put("funnelId", business.funnel());
    var answer = post(body);
    if (answer.statusCode() != 202) {
      throw new AssertionError("202 expected, but: " + answer.statusCode() + " " + answer.body());
    }
    return UUID.fromString(json(answer.body()).path("id").asText());
  }

  /** How many leads a business has. */
  public int countLeads(Business business) {
    return database
        .sql("select count(*) from public.messages where business_id = ?")
        .param(business.id())
        .query(Integer.class)
        .single();
  }

  /** Waits until no delivery of a business is pending or being sent. */
  public void awaitDeliveries(Business business) {
    await()
        .until(
            () ->
                database
                    .sql(
                        "select count(*) = 0 from messaging.deliveries where business_id = ? and state in ('pending', 'sending')")
                    .param(business.id())
                    .query(Boolean.class)
                    .single());
  }

  /** Whoever asks next at the business's funnel is somebody new. */
  public void forgetRequests(Business business) {
    database
        .sql("delete from messaging.recent_requests where funnel_id = ?")
        .param(business.funnel())
        .update();
  }

  public HttpRequest.Builder request(String path, String contentType) {
    return HttpRequest.newBuilder(at(path)).header("Content-Type", contentType);
  }

  public HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(at(path)).GET());
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), Service::whole);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The answer as text; of one that does not end the beginning. */
  public static BodySubscriber<String> whole(HttpResponse.ResponseInfo answer) {
    return answer.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream")
        ? new Beginning()
        : BodyHandlers.ofString().apply(answer);
  }

  /** What the sandbox caught for a business, newest first. */
  public List<JsonNode> caught(Business business) {
    return caughtAfter(business.caughtBefore()).stream()
        .filter(
            message ->
                message.toString().contains(business.id().toString())
                    || message.path("to").asText().equals(business.email())
                    || message.path("to").asText().equals(business.phone()))
        .toList();
  }

  /** What the sandbox caught for an address, newest first. */
  public List<JsonNode> caught(String to) {
    var first =
        number(
            "select coalesce(min(id), 0) from messaging.sandbox_messages where recipient = ?", to);
    return first == 0
        ? List.of()
        : caughtAfter(first - 1).stream()
            .filter(message -> message.path("to").asText().equals(to))
            .toList();
  }

  private long number(String query, Object parameter) {
    return database.sql(query).param(parameter).query(Long.class).single();
  }

  /** The sandbox keeps what all tests were sent: only as much is listed as is new. */
  private List<JsonNode> caughtAfter(long id) {
    var count = number("select count(*) from messaging.sandbox_messages where id > ?", id);
    return count == 0
        ? List.of()
        : StreamSupport.stream(
                json(get("/sandbox/messages?limit=" + (count + MEANWHILE)).body()).spliterator(),
                false)
            .toList();
  }

  public JsonNode json(String text) {
    try {
      return json.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException("Not JSON: " + text, e);
    }
  }

  /** JSON of it. */
  public String text(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A business that a test made for itself.
   *
   * @param caughtBefore the newest message in the sandbox that is older than it
   */
  public record Business(UUID id, UUID funnel, String slug, long caughtBefore) {

    public Business(UUID id, UUID funnel, String slug) {
      this(id, funnel, slug, 0);
    }

    public String email() {
      return "owner-" + id + "@example.com";
    }

    /** A number of its own that can be dialled: in Australia all from +614 0 to +614 3 can. */
    public String phone() {
      return "+614"
          + String.format("%08d", Math.floorMod(id.getLeastSignificantBits(), 40_000_000L));
    }
  }
}
