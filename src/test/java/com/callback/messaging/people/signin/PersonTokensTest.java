package com.callback.messaging.people.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.operation.caller.Credential;
import com.callback.messaging.operation.caller.CredentialKind;
import com.callback.messaging.operation.caller.Person;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.callback.messaging.support.MovableClock;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A token opens what it says only when everything about it is right. */
class PersonTokensTest {

  private static final String ISSUER = "https://abcdefghijklmnopqrst.supabase.co/auth/v1";
  private static final String SECRET = "a secret of more than thirty-two bytes, such as é";
  private static final UUID PERSON = UUID.fromString("7b1d0a52-1f0e-4a52-9a37-1d4b9c3a2f11");

  private static ECKey curve;
  private static RSAKey rsa;

  private final MovableClock clock = new MovableClock();
  private final AtomicInteger fetches = new AtomicInteger();
  private final AtomicReference<JWKSet> published = new AtomicReference<>();
  private final AtomicReference<CountDownLatch> gate = new AtomicReference<>(new CountDownLatch(0));
  private HttpServer server;

  @BeforeAll
  static void keys() throws JOSEException {
    curve = new ECKeyGenerator(Curve.P_256).keyID("curve").generate();
    rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
  }

  @BeforeEach
  void publish_the_keys() throws IOException {
    published.set(new JWKSet(List.of(curve, rsa)));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          fetches.incrementAndGet();
          passGate();
          var keys = published.get();
          var body = keys == null ? "" : keys.toString(true);
          var bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(
              keys == null ? 500 : 200, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  private void passGate() {
    try {
      gate.get().await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void a_token_of_each_algorithm_names_its_person() throws JOSEException {
    for (var token :
        List.of(
            signed(claims(), JWSAlgorithm.HS256, null, new MACSigner(bytes(SECRET))),
            // Projects that moved from a secret to keys name one in tokens of the secret too.
            signed(claims(), JWSAlgorithm.HS256, "legacy", new MACSigner(bytes(SECRET))),
            withCurve(claims()),
            signed(claims(), JWSAlgorithm.RS256, "rsa", new RSASSASigner(rsa)))) {
      assertThat(verify(all(), token)).isEqualTo(new Person(PERSON, "kim@example.com"));
    }
  }

  @Test
  void an_audience_may_be_a_list() throws JOSEException {
    assertThat(verify(all(), withCurve(claims().audience(List.of("x", "authenticated")))))
        .isNotNull();
  }

  @Test
  void clocks_may_differ_by_the_skew_and_no_more() throws JOSEException {
    var tokens = all();
    assertThat(verify(tokens, withCurve(claims().expirationTime(in(-20))))).isNotNull();
    assertThat(verify(tokens, withCurve(claims().issueTime(in(20))))).isNotNull();
    refused(tokens, withCurve(claims().expirationTime(in(-40))));
  }

  static Stream<Arguments> wrong() throws JOSEException {
    var test = new PersonTokensTest();
    var publicKey = new MACSigner(rsa.toRSAPublicKey().getEncoded());
    return Stream.of(
            Named.of("expired", test.withCurve(test.claims().expirationTime(test.in(-3_600)))),
            Named.of("without an end", test.withCurve(test.claims().expirationTime(null))),
            Named.of("made in the future", test.withCurve(test.claims().issueTime(test.in(3_600)))),
            Named.of("without a beginning", test.withCurve(test.claims().issueTime(null))),
            Named.of(
                "not valid before later",
                test.withCurve(test.claims().notBeforeTime(test.in(3_600)))),
            Named.of("alg none", new PlainJWT(test.claims().build()).serialize()),
            Named.of(
                "without its signature", test.withCurve(test.claims()).replaceAll("[^.]*$", "")),
            Named.of(
                "somebody else's issuer",
                test.withCurve(test.claims().issuer("https://x/auth/v1"))),
            Named.of("no issuer", test.withCurve(test.claims().issuer(null))),
            Named.of("for somebody else", test.withCurve(test.claims().audience("anon"))),
            Named.of("for nobody", test.withCurve(test.claims().audience((String) null))),
            Named.of(
                "HMAC with the public key",
                test.signed(test.claims(), JWSAlgorithm.HS256, "rsa", publicKey)),
            Named.of(
                "HMAC with another secret",
                test.signed(test.claims(), JWSAlgorithm.HS256, null, new MACSigner(new byte[32]))),
            Named.of(
                "an algorithm that is not taken",
                test.signed(
                    test.claims(),
                    JWSAlgorithm.HS384,
                    null,
                    new MACSigner((SECRET + SECRET).getBytes(StandardCharsets.UTF_8)))),
            Named.of(
                "RSA, but PS256",
                test.signed(test.claims(), JWSAlgorithm.PS256, "rsa", new RSASSASigner(rsa))),
            Named.of(
                "a key that nobody knows",
                test.signed(
                    test.claims(),
                    JWSAlgorithm.ES256,
                    "curve",
                    new ECDSASigner(new ECKeyGenerator(Curve.P_256).generate()))),
            Named.of("the anon key", test.withCurve(test.claims().claim("role", "anon"))),
            Named.of(
                "the service_role key",
                test.withCurve(test.claims().claim("role", "service_role"))),
            Named.of(
                "an anonymous user", test.withCurve(test.claims().claim("is_anonymous", true))),
            Named.of("no subject", test.withCurve(test.claims().subject(null))),
            Named.of(
                "a subject that is no UUID", test.withCurve(test.claims().subject("' or 1=1"))),
            Named.of("a mail that is no text", test.withCurve(test.claims().claim("email", 7))),
            Named.of(
                "oversized", test.withCurve(test.claims().claim("padding", "x".repeat(9_000)))),
            Named.of("garbage", "eyJhbGciOiJIUzI1NiJ9.%%%.x"),
            Named.of("two parts", "eyJhbGciOiJIUzI1NiJ9.e30"),
            Named.of("nested deep", "ey" + "[".repeat(4_000)))
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void a_token_with_anything_wrong_is_nobody_s(String token) {
    refused(all(), token);
  }

  @Test
  void with_a_secret_alone_no_key_counts_and_with_keys_alone_no_secret() throws JOSEException {
    var hmac = signed(claims(), JWSAlgorithm.HS256, null, new MACSigner(bytes(SECRET)));
    refused(tokens(null, SECRET), withCurve(claims()));
    refused(tokens(keysUrl(), ""), hmac);
    assertThat(fetches).hasValue(0);
  }

  @Test
  void an_oversized_token_is_not_read() throws JOSEException {
    refused(all(), withCurve(claims().claim("padding", "x".repeat(9_000))));
    assertThat(fetches).hasValue(0);
  }

  @Test
  void keys_are_fetched_once_in_ten_minutes() throws JOSEException {
    var tokens = all();
    verify(tokens, withCurve(claims()));
    clock.advance(Duration.ofMinutes(9));
    verify(tokens, withCurve(claims()));
    assertThat(fetches).hasValue(1);
    clock.advance(Duration.ofMinutes(2));
    verify(tokens, withCurve(claims()));
    await().untilAsserted(() -> assertThat(fetches).hasValue(2));
  }

  @Test
  @Timeout(30)
  void whoever_has_a_key_at_hand_does_not_wait_for_a_fetch_that_hangs() throws JOSEException {
    var patient = new DefaultResourceRetriever(60_000, 60_000);
    var tokens = new PersonTokens(settings(keysUrl(), SECRET), clock, patient);
    verify(tokens, withCurve(claims()));
    gate.set(new CountDownLatch(1));
    clock.advance(Duration.ofMinutes(11));
    var token = withCurve(claims());
    try {
      for (var time = 0; time < 20; time++) {
        assertThat(verify(tokens, token)).isNotNull();
      }
      await().untilAsserted(() -> assertThat(fetches).hasValue(2));
      assertThat(verify(tokens, token)).isNotNull();
    } finally {
      gate.get().countDown();
    }
  }

  @Test
  void an_unknown_key_has_them_fetched_again_at_most_once_a_minute() throws JOSEException {
    var tokens = all();
    var fresh = new ECKeyGenerator(Curve.P_256).keyID("fresh").generate();
    verify(tokens, withCurve(claims()));
    published.set(new JWKSet(List.<JWK>of(curve, fresh)));
    for (var time = 0; time < 20; time++) {
      refused(tokens, signed(claims(), JWSAlgorithm.ES256, "fresh", new ECDSASigner(fresh)));
    }
    assertThat(fetches).hasValue(1);
    clock.advance(Duration.ofSeconds(61));
    var token = signed(claims(), JWSAlgorithm.ES256, "fresh", new ECDSASigner(fresh));
    assertThat(verify(tokens, token)).isNotNull();
    assertThat(fetches).hasValue(2);
    // A key that was taken back opens nothing any more.
    refused(tokens, signed(claims(), JWSAlgorithm.RS256, "rsa", new RSASSASigner(rsa)));
  }

  @Test
  void while_keys_cannot_be_fetched_the_answer_is_to_come_back() throws JOSEException {
    published.set(null);
    var tokens = all();
    assertThatThrownBy(() -> verify(tokens, withCurve(claims())))
        .isInstanceOfSatisfying(
            RequestRefusedException.class,
            refusal -> {
              assertThat(refusal.problem().status()).isEqualTo(503);
              assertThat(refusal.problem().retryAfter()).isPositive();
            });
    published.set(new JWKSet(List.<JWK>of(curve)));
    clock.advance(Duration.ofSeconds(6));
    assertThat(verify(tokens, withCurve(claims()))).isNotNull();
    published.set(null);
    clock.advance(Duration.ofMinutes(30));
    assertThat(verify(tokens, withCurve(claims()))).as("a key that is at hand").isNotNull();
    clock.advance(Duration.ofMinutes(31));
    assertThatThrownBy(() -> verify(tokens, withCurve(claims())))
        .isInstanceOfSatisfying(
            RequestRefusedException.class,
            refusal -> assertThat(refusal.problem().status()).isEqualTo(503));
  }

  @Test
  void while_keys_cannot_be_fetched_an_unknown_key_is_not_refused_for_good() throws JOSEException {
    var tokens = all();
    verify(tokens, withCurve(claims()));
    published.set(null);
    clock.advance(Duration.ofSeconds(61));
    var fresh = new ECKeyGenerator(Curve.P_256).keyID("fresh").generate();
    for (var time = 0; time < 20; time++) {
      assertThatThrownBy(
              () ->
                  verify(
                      tokens,
                      signed(claims(), JWSAlgorithm.ES256, "fresh", new ECDSASigner(fresh))))
          .isInstanceOfSatisfying(
              RequestRefusedException.class,
              refusal -> assertThat(refusal.problem().status()).isEqualTo(503));
    }
    assertThat(fetches).as("not asked again for each").hasValue(2);
    assertThat(verify(tokens, withCurve(claims()))).as("a key that is at hand").isNotNull();
  }

  @Test
  void keys_serve_through_an_outage_for_an_hour_and_not_beyond() throws JOSEException {
    var tokens = all();
    verify(tokens, withCurve(claims()));
    published.set(null);
    for (var minute = 1; minute < 60; minute++) {
      clock.advance(Duration.ofMinutes(1));
      assertThat(verify(tokens, withCurve(claims()))).as("minute %d", minute).isNotNull();
    }
    clock.advance(Duration.ofMinutes(1));
    assertThatThrownBy(() -> verify(tokens, withCurve(claims())))
        .isInstanceOfSatisfying(
            RequestRefusedException.class,
            refusal -> assertThat(refusal.problem().status()).isEqualTo(503));
    published.set(new JWKSet(List.<JWK>of(curve)));
    clock.advance(Duration.ofSeconds(6));
    assertThat(verify(tokens, withCurve(claims()))).isNotNull();
  }

  @Test
  void a_secret_that_is_too_short_is_refused_at_the_start_without_being_shown() {
    assertThatThrownBy(() -> tokens(null, "x".repeat(31)))
        .hasMessageContaining("MESSAGING_IDENTITY_SUPABASE_JWT_SECRET")
        .hasMessageNotContaining("xxx");
  }

  private JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience("authenticated")
        .subject(PERSON.toString())
        .claim("role", "authenticated")
        .claim("email", "kim@example.com")
        .claim("is_anonymous", false)
        .issueTime(in(0))
        .expirationTime(in(3_600));
  }

  private Date in(int seconds) {
    return Date.from(clock.instant().plusSeconds(seconds));
  }

  private String withCurve(JWTClaimsSet.Builder claims) throws JOSEException {
    return signed(claims, JWSAlgorithm.ES256, "curve", new ECDSASigner(curve));
  }

  private String signed(
      JWTClaimsSet.Builder claims, JWSAlgorithm algorithm, String key, JWSSigner signer)
      throws JOSEException {
    var token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(key).build(), claims.build());
    token.sign(signer);
    return token.serialize();
  }

  private PersonTokens all() {
    return tokens(keysUrl(), SECRET);
  }

  private String keysUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks.json";
  }

  private PersonTokens tokens(String keysUrl, String secret) {
    return new PersonTokens(settings(keysUrl, secret), clock);
  }

  private static SupabaseSettings settings(String keysUrl, String secret) {
    return new SupabaseSettings(
        "", ISSUER, keysUrl, secret, "authenticated", Duration.ofSeconds(30));
  }

  private static Person verify(PersonTokens tokens, String token) {
    return tokens.verify(new Credential(CredentialKind.PERSON, token, null));
  }

  private static void refused(PersonTokens tokens, String token) {
    assertThatThrownBy(() -> verify(tokens, token))
        .isInstanceOfSatisfying(
            RequestRefusedException.class,
            refusal -> assertThat(refusal.problem().status()).isEqualTo(401));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
