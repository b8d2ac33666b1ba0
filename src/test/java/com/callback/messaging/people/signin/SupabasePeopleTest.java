package com.callback.messaging.people.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.PersonCaller;
import com.callback.messaging.support.Service;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpResponse;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;

/**
 * Where a Supabase project is configured its people call with their tokens, and nobody signs in
 * here.
 */
@Import({MovableClock.Setup.class, Service.class, PersonCaller.Crowd.class})
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "messaging.data-dir=target/test-data/supabase",
      "messaging.broker-name=supabase-test",
      "messaging.identity.supabase.url=http://127.0.0.1:9",
      "messaging.identity.supabase.jwt-secret=" + SupabasePeopleTest.SECRET
    })
@DirtiesContext
class SupabasePeopleTest {

  static final String SECRET = "a-secret-of-a-project-that-is-long-enough";

  @Autowired Service service;
  @Autowired PersonCaller.Crowd crowd;
  @Autowired MovableClock clock;

  @Test
  void a_token_opens_the_businesses_of_its_person() throws JOSEException {
    var business = service.businessWithoutChannels();
    var lead =
        service
            .lead(business, Map.of("contactName", "Ada", "contactPhone", "0412 345 678"))
            .toString();
    var member = crowd.member(business, "viewer");

    assertThat(get("/api/messages", business.id()).body()).as("the owner").contains(lead);
    assertThat(get("/api/messages", member.id()).body()).as("a viewer").contains(lead);
    var who = service.json(get("/api/session", member.id()).body());
    assertThat(who.at("/businesses/0/id").asText()).isEqualTo(business.id().toString());
    assertThat(who.get("csrf").isNull()).isTrue();
    assertThat(get("/api/messages", UUID.randomUUID()).statusCode()).isEqualTo(403);

    service
        .database()
        .sql("delete from messaging.business_members where user_id = ?")
        .param(member.id())
        .update();
    assertThat(get("/api/messages", member.id()).statusCode()).isEqualTo(403);
  }

  @Test
  void nobody_signs_in_here() throws JOSEException {
    var business = service.businessWithoutChannels();
    var answer =
        service.send(
            service
                .request("/api/sign-in", "application/json")
                .POST(
                    java.net.http.HttpRequest.BodyPublishers.ofString(
                        "{\"email\":\"a@example.com\"}")));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("Supabase");

    // An invitation is accepted with the token of whoever follows it.
    var invited = "invited-" + business.id() + "@example.com";
    var created =
        service.call(
            "POST",
            "/api/invitations",
            token(business.id()),
            Map.of("email", invited, "role", "agent"));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    await().until(() -> service.get("/sandbox/messages?limit=1000").body().contains(invited));
    var link =
        service
            .get("/sandbox/messages?limit=1000")
            .body()
            .replaceAll("(?s).*?(/invitation/[0-9a-f-]{36}\\.[\\w-]{43}).*", "$1");
    assertThat(service.get(link).body()).contains("Join").doesNotContain("<button");
    assertThat(
            service
                .send(
                    java.net.http.HttpRequest.newBuilder(service.at(link))
                        .POST(java.net.http.HttpRequest.BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(404);
    var person = UUID.randomUUID();
    var accepted =
        service.call("POST", "/api/invitations/accept", token(person), Map.of("token", link));
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(200);
    assertThat(get("/api/messages", person).statusCode()).isEqualTo(200);
  }

  @Test
  void while_the_project_is_away_the_answer_is_to_come_back() {
    var answer =
        service.call("GET", "/api/messages", "eyJhbGciOiJFUzI1NiIsImtpZCI6IngifQ.e30.c2ln", null);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
  }

  private HttpResponse<String> get(String path, UUID person) throws JOSEException {
    return service.call("GET", path, token(person), null);
  }

  private String token(UUID person) throws JOSEException {
    var now = clock.instant();
    var token =
        new SignedJWT(
            new JWSHeader(JWSAlgorithm.HS256),
            new JWTClaimsSet.Builder()
                .issuer("http://127.0.0.1:9/auth/v1")
                .audience("authenticated")
                .subject(person.toString())
                .claim("role", "authenticated")
                .claim("email", "person-" + person + "@example.com")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(3_600)))
                .build());
    token.sign(new MACSigner(SECRET));
    return token.serialize();
  }
}
