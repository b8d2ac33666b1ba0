package com.callback.messaging.support;

import com.callback.messaging.operation.caller.ApiKeys;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.springframework.boot.test.context.TestComponent;

/**
 * A person who is signed in by a session, calling as a page of ours does: with the token against
 * forgery.
 *
 * @param session what the cookie holds
 */
public record PersonCaller(Service service, UUID id, String email, String session) {

  /** Makes people. */
  @TestComponent
  public static class Crowd {

    private final Service service;
    private final ApiKeys hashes;
    private final Clock clock;

    Crowd(Service service, ApiKeys hashes, Clock clock) {
      this.service = service;
      this.hashes = hashes;
      this.clock = clock;
    }

    /** Somebody who belongs nowhere yet. */
    public PersonCaller somebody() {
      return somebody(UUID.randomUUID());
    }

    /** The person whose id the business bears. */
    public PersonCaller ownerById(Service.Business business) {
      return somebody(business.id());
    }

    /** A member of a business. */
    public PersonCaller member(Service.Business business, String role) {
      return somebody().joins(business, role);
    }

    private PersonCaller somebody(UUID id) {
      var email = "person-" + id + "@example.com";
      var now = OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
      service
          .database()
          .sql("insert into messaging.people (id, email, created_at) values (?, ?, ?)")
          .params(id, email, now)
          .update();
      var session = "session-of-" + id;
      service
          .database()
          .sql(
              "insert into messaging.sessions (person_id, hash, created_at, last_used_at, expires_at) values (?, ?, ?, ?, ?)")
          .params(id, hashes.hash(session), now, now, now.plus(Duration.ofDays(30)))
          .update();
      return new PersonCaller(service, id, email, session);
    }
  }

  /** The same person, a member now. */
  public PersonCaller joins(Service.Business business, String role) {
    service
        .database()
        .sql(
            "insert into messaging.business_members (business_id, user_id, role, email) values (?, ?, ?, ?)")
        .params(business.id(), id, role, email)
        .update();
    return this;
  }

  /** What an operation answers, which must be with this status; the body is JSON or null. */
  public JsonNode ask(int status, String method, String path, Object body) {
    var answer = call(method, path, body);
    Assertions.assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return answer.body().isEmpty() ? null : service.json(answer.body());
  }

  /** Calls an operation; headers are names and values by turns. */
  public HttpResponse<String> call(String method, String path, Object body, String... headers) {
    var request =
        HttpRequest.newBuilder(service.at(path))
            .header("Cookie", "callback_session=" + session + "; XSRF-TOKEN=" + id)
            .header("X-XSRF-TOKEN", id.toString())
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(service.text(body)));
    for (var each = 0; each < headers.length; each += 2) {
      request.setHeader(headers[each], headers[each + 1]);
    }
    return service.send(request);
  }
}
