package com.callback.messaging.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.operation.caller.ApiKeys;
import com.callback.messaging.operation.caller.SessionCookie;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Calls every operation of the contract for the data of one business with the credentials of
 * another, with those of nobody, and with those that must not do it. What stands in the database of
 * the one is the same afterwards. An operation that comes later is in here by itself; where its
 * path names something of which the victim has none, this fails until {@link Victim} has one.
 */
@ServiceTest
@TestInstance(Lifecycle.PER_CLASS)
class EveryOperationIsIsolatedTest {

  private static final Set<Integer> REFUSED = Set.of(401, 403, 404);

  /** What an operation without an id may say of the caller's own, which is none of the victim's. */
  private static final Set<Integer> ABOUT_ONES_OWN =
      Set.of(200, 201, 202, 204, 400, 403, 404, 409, 422);

  private static final List<String> SCOPES =
      ContractOperation.guarded().stream()
          .flatMap(operation -> operation.scopes().stream())
          .distinct()
          .toList();

  @Autowired Service service;
  @Autowired MovableClock clock;
  @Autowired ApiKeys keys;
  @Autowired SessionCookie cookie;

  private final Map<String, Map<String, Integer>> outcomes = new LinkedHashMap<>();
  private Victim victim;
  private Business intruder;

  @BeforeAll
  void two_businesses() {
    victim = new Victim(service);
    intruder = service.businessWithoutChannels();
  }

  static Stream<ContractOperation> guarded() {
    return ContractOperation.guarded().stream();
  }

  @Test
  void only_what_visitors_and_the_sandbox_need_is_open() {
    assertThat(ContractOperation.all().stream().filter(operation -> !operation.isGuarded()))
        .extracting(ContractOperation::toString)
        .isSubsetOf(OPEN);
  }

  /** Each of these has a reason to ask nobody who they are. */
  private static final List<String> OPEN =
      List.of("submitMessage", "listSandboxMessages", "requestSignIn");

  @ParameterizedTest
  @MethodSource("guarded")
  void nobody_reaches_it(ContractOperation operation) {
    refused(
        operation,
        with("nobody", UnaryOperator.identity(), Set.of(401)),
        with("no key at all", bearer("cbk_" + "0".repeat(64)), Set.of(401)),
        with("nonsense", bearer("nonsense"), Set.of(401)),
        with(
            "revoked key",
            bearer(keyThatIs("revoked_at", clock.instant().minusSeconds(1))),
            Set.of(401)),
        with(
            "expired key",
            bearer(keyThatIs("expires_at", clock.instant().minusSeconds(1))),
            Set.of(401)));
  }

  @ParameterizedTest
  @MethodSource("guarded")
  void a_key_that_lacks_one_of_its_scopes_is_refused(ContractOperation operation) {
    for (var scope : operation.scopes()) {
      var others = new ArrayList<>(SCOPES);
      others.remove(scope);
      refused(
          operation,
          with(
              "key without " + scope,
              bearer(service.key(intruder, others.toArray(String[]::new))),
              Set.of(403)));
    }
  }

  @ParameterizedTest
  @MethodSource("guarded")
  void another_business_finds_nothing(ContractOperation operation) {
    var found = operation.hasId() ? REFUSED : ABOUT_ONES_OWN;
    var elsewhere = isAboutOneself(operation) ? ABOUT_ONES_OWN : Set.of(403);
    var key = service.key(intruder, SCOPES.toArray(String[]::new));
    refused(
        operation,
        with("another's key", bearer(key), found),
        with("another's owner", session(personOf(intruder, "owner")), found),
        with("another's agent", session(personOf(intruder, "agent")), found),
        with("another's viewer", session(personOf(intruder, "viewer")), found),
        with(
            "naming the business",
            naming(victim.business(), session(personOf(intruder, "owner"))),
            elsewhere),
        with("member of none", session(person()), elsewhere));
  }

  @ParameterizedTest
  @MethodSource("guarded")
  void a_member_does_what_their_role_includes_and_no_more(ContractOperation operation) {
    refused(
        operation,
        Stream.of("viewer", "agent")
            .filter(role -> !includes(role, operation.scopes()))
            .map(
                role ->
                    with("own " + role, session(personOf(victim.business(), role)), Set.of(403)))
            .toArray(Attempt[]::new));
  }

  @ParameterizedTest
  @MethodSource("guarded")
  void another_site_cannot_use_a_session(ContractOperation operation) {
    if (!operation.method().equals("GET")) {
      var owner = session(personOf(victim.business(), "owner"));
      refused(
          operation,
          with(
              "forged by a page",
              request -> owner.apply(request).setHeader("X-XSRF-TOKEN", "guessed"),
              Set.of(403)));
    }
  }

  @ParameterizedTest
  @MethodSource("guarded")
  void a_session_that_is_over_opens_nothing(ContractOperation operation) {
    refused(
        operation,
        with(
            "session ended",
            session(
                personOf(victim.business(), "owner"),
                "update messaging.sessions set ended_at = now() where person_id = ?"),
            Set.of(401)),
        with(
            "session expired",
            session(
                personOf(victim.business(), "owner"),
                "update messaging.sessions set expires_at = created_at + interval '1 ms' where person_id = ?"),
            Set.of(401)),
        with(
            "removed member",
            session(
                personOf(victim.business(), "owner"),
                "delete from messaging.business_members where user_id = ?"),
            isAboutOneself(operation) ? ABOUT_ONES_OWN : Set.of(403)));
  }

  private static UnaryOperator<HttpRequest.Builder> naming(
      Business business, UnaryOperator<HttpRequest.Builder> as) {
    return request -> as.apply(request).header("X-Business-Id", business.id().toString());
  }

  /** Who am I, good-bye, and yes to an invitation need no business. */
  private static boolean isAboutOneself(ContractOperation operation) {
    return operation.scopes().isEmpty();
  }

  /** What docs say that a role includes. */
  private static boolean includes(String role, Set<String> scopes) {
    var may =
        new java.util.HashSet<>(
            List.of(
                "messages:read",
                "deliveries:read",
                "webhooks:read",
                "funnels:read",
                "settings:read",
                "members:read"));
    if (role.equals("agent")) {
      may.addAll(List.of("messages:write", "messages:export", "deliveries:write"));
    }
    return may.containsAll(scopes);
  }

  private UUID person() {
    var id = UUID.randomUUID();
    service
        .database()
        .sql("insert into messaging.people (id, email, created_at) values (?, ?, now())")
        .params(id, "somebody-" + id + "@example.com")
        .update();
    return id;
  }

  private UUID personOf(Business business, String role) {
    var id = person();
    service
        .database()
        .sql("insert into messaging.business_members (business_id, user_id, role) values (?, ?, ?)")
        .params(business.id(), id, role)
        .update();
    return id;
  }

  private UnaryOperator<HttpRequest.Builder> session(UUID person) {
    var secret = keys.generate();
    service
        .database()
        .sql(
            "insert into messaging.sessions (person_id, hash, created_at, last_used_at, expires_at) values (?, ?, ?, ?, ?)")
        .params(
            person,
            keys.hash(secret),
            Timestamp.from(clock.instant()),
            Timestamp.from(clock.instant()),
            Timestamp.from(clock.instant().plusSeconds(3600)))
        .update();
    return request ->
        request
            .header("Cookie", cookie.name() + "=" + secret + "; XSRF-TOKEN=token")
            .header("X-XSRF-TOKEN", "token");
  }

  private UnaryOperator<HttpRequest.Builder> session(UUID person, String afterwards) {
    var session = session(person);
    service.database().sql(afterwards).param(person).update();
    return session;
  }

  /**
   * One call, and the statuses that it may get.
   *
   * @param credential what it is made with, for people
   */
  private record Attempt(
      String credential, UnaryOperator<HttpRequest.Builder> as, Set<Integer> expected) {}

  private static Attempt with(
      String credential, UnaryOperator<HttpRequest.Builder> as, Set<Integer> expected) {
    return new Attempt(credential, as, expected);
  }

  /** Every credential is made before the first call, so that only calls could change anything. */
  private void refused(ContractOperation operation, Attempt... attempts) {
    var id = operation.hasId() ? victim.idFor(operation.path()) : null;
    assertThat(operation.hasId() && id == null)
        .as("%s: say in Victim what its id is of", operation.path())
        .isFalse();
    var before = victim.fingerprint();

    for (var attempt : attempts) {
      var answer = call(operation, id, attempt.as());
      outcomes
          .computeIfAbsent(operation.toString(), name -> new LinkedHashMap<>())
          .put(attempt.credential(), answer.statusCode());
      assertThat(answer.statusCode())
          .as("%s as %s: %s", operation, attempt.credential(), answer.body())
          .isIn(attempt.expected());
      assertThat(victim.isToldBy(withoutWhatWasAsked(answer.body(), operation)))
          .as(
              "%s as %s tells of another business: %s",
              operation, attempt.credential(), answer.body())
          .isFalse();
    }
    assertThat(victim.fingerprint())
        .as("%s as one of %s", operation, Stream.of(attempts).map(Attempt::credential).toList())
        .isEqualTo(before);
  }

  /** A caller may be told again what they gave. */
  private String withoutWhatWasAsked(String body, ContractOperation operation) {
    return operation.hasId()
        ? body.replace(String.valueOf(victim.idFor(operation.path())), "")
        : body;
  }

  private HttpResponse<String> call(
      ContractOperation operation, UUID id, UnaryOperator<HttpRequest.Builder> as) {
    var body = operation.body();
    var request = HttpRequest.newBuilder(service.at(operation.target(id, victim)));
    if (operation.wantsIfMatch()) {
      request.header("If-Match", "*");
    }
    return service.send(
        as.apply(
            body == null
                ? request.method(operation.method(), BodyPublishers.noBody())
                : request
                    .header("Content-Type", "application/json")
                    .method(operation.method(), BodyPublishers.ofString(body))));
  }

  private static UnaryOperator<HttpRequest.Builder> bearer(String token) {
    return request -> request.header("Authorization", "Bearer " + token);
  }

  private String keyThatIs(String column, java.time.Instant at) {
    var key = service.key(victim.business(), SCOPES.toArray(String[]::new));
    service
        .database()
        .sql("update messaging.api_keys set %s = ? where prefix = ?".formatted(column))
        .params(Timestamp.from(at), key.substring(0, 12))
        .update();
    return key;
  }

  /** A session of the API's role that says nothing of who it acts for sees nothing. */
  @Test
  void without_an_identity_every_table_is_empty() throws SQLException {
    try (var connection = service.login().getConnection()) {
      connection.setAutoCommit(false);
      for (var claims : List.of("", "{}", "{\"role\":\"authenticated\"}")) {
        for (var table : tables()) {
          assertThat(rowsSeen(connection, table, claims))
              .as("%s with claims '%s'", table, claims)
              .isZero();
        }
      }
    }
  }

  private List<String> tables() {
    return service
        .database()
        .sql(
            "select schemaname || '.' || tablename from pg_tables where schemaname in ('public', 'messaging') order by 1")
        .query(String.class)
        .list();
  }

  /** Rows that the role sees; a table that it may not even ask shows none. */
  private static int rowsSeen(Connection connection, String table, String claims)
      throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("set local role messaging_api");
      statement.execute("set local role authenticated");
      statement.execute("set local request.jwt.claims = '" + claims + "'");
      try (var rows = statement.executeQuery("select 1 from " + table + " limit 1")) {
        return rows.next() ? 1 : 0;
      }
    } catch (SQLException e) {
      assertThat(e.getMessage()).contains("permission denied");
      return 0;
    } finally {
      connection.rollback();
    }
  }

  @AfterAll
  void print() throws IOException {
    var credentials =
        outcomes.values().stream().flatMap(each -> each.keySet().stream()).distinct().toList();
    var table = new StringBuilder("%-28s".formatted("operation"));
    credentials.forEach(each -> table.append(" | ").append(each));
    outcomes.forEach(
        (operation, statuses) -> {
          table.append("%n%-28s".formatted(operation));
          credentials.forEach(
              each ->
                  table
                      .append(" | ")
                      .append(
                          ("%-" + each.length() + "s").formatted(statuses.getOrDefault(each, 0))));
        });
    System.out.println(table);
    Files.writeString(Path.of("target", "isolation.txt"), table.append('\n'));
  }
}
