package com.callback.messaging.delivery.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.intake.submission.PublishedContract;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;

/** A business with deliveries in every state, and the operations that show and change them. */
abstract class StoredDeliveries {

  /** Nobody serves it, so that what is written stays as it is. */
  static final String CHANNEL = "pigeon";

  @Autowired Service service;
  @Autowired MovableClock clock;

  Business business;
  String reader;
  String writer;
  String stranger;

  @BeforeEach
  void a_business_with_keys() {
    business = service.businessWithoutChannels();
    reader = service.key(business, "deliveries:read", "messages:read");
    writer = service.key(business, "deliveries:read", "deliveries:write", "messages:read");
    stranger =
        service.key(
            service.businessWithoutChannels(),
            "deliveries:read",
            "deliveries:write",
            "messages:read");
  }

  UUID of(UUID lead, String channel) {
    return service
        .database()
        .sql("select id from messaging.deliveries where message_id = ? and channel = ?")
        .params(lead, channel)
        .query(UUID.class)
        .single();
  }

  String state(UUID delivery) {
    return service
        .database()
        .sql("select state from messaging.deliveries where id = ?")
        .param(delivery)
        .query(String.class)
        .single();
  }

  UUID delivery(String state) {
    return delivery(state, Duration.ZERO);
  }

  UUID delivery(String state, Duration age) {
    var at = Timestamp.from(clock.instant().truncatedTo(ChronoUnit.MINUTES).plus(age));
    return service
        .database()
        .sql(
            """
            insert into messaging.deliveries (business_id, cause, channel, state, attempts, leased_by, lease_until, held_reason,
              next_attempt_at, created_at, updated_at, ended_at)
            select ?, 'reply', ?, s, 3, case when s = 'sending' then 'somebody' end,
              case when s = 'sending' then timestamptz '2100-01-01 00:00Z' end, case when s = 'held' then 'disabled' end,
              at, at, at, case when s in ('sent', 'delivered', 'failed', 'cancelled') then at end
            from (select cast(? as text) as s, cast(? as timestamptz) as at) given
            returning id
            """)
        .params(business.id(), CHANNEL, state, at)
        .query(UUID.class)
        .single();
  }

  List<String> ids(String path) {
    var ids = new ArrayList<String>();
    ok("GET", "listDeliveries", path)
        .get("items")
        .forEach(item -> ids.add(item.get("id").asText()));
    return ids;
  }

  static String field(JsonNode problem) {
    return problem.at("/errors/0/field").asText();
  }

  JsonNode refused(int status, String method, String path) {
    return refused(status, method, path, null);
  }

  JsonNode refused(int status, String method, String path, Object body) {
    var answer = call(writer, method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    var problem = service.json(answer.body());
    assertThat(
            PublishedContract.errors(PublishedContract.at("/components/schemas/Problem"), problem))
        .isEmpty();
    return problem;
  }

  JsonNode ok(String method, String operation, String path) {
    return ok(method, operation, path, null, null);
  }

  /** Calls it and holds the answer against what is published. */
  JsonNode ok(String method, String operation, String path, UUID id, Object body) {
    var answer = call(writer, method, path.replace("{id}", String.valueOf(id)), body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    var published = operation(operation).at("/responses/200/content/application~1json/schema");
    var json = service.json(answer.body());
    assertThat(PublishedContract.errors(PublishedContract.followed(published), json)).isEmpty();
    return json;
  }

  static JsonNode operation(String id) {
    for (var path : PublishedContract.at("/paths")) {
      for (var operation : path) {
        if (operation.path("operationId").asText().equals(id)) {
          return operation;
        }
      }
    }
    throw new AssertionError("No operation " + id);
  }

  HttpResponse<String> call(String key, String method, String path, Object body) {
    return service.call(method, path, key, body);
  }
}
