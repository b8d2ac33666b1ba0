package com.callback.messaging.people.signin;

import com.callback.messaging.operation.caller.Credential;
import com.callback.messaging.operation.caller.Person;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.proc.SingleKeyJWSKeySelector;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Verifies the access tokens of the configured Supabase project. Which algorithm is taken says the
 * configuration, never the token: HS256 with the secret alone, ES256 and RS256 with the published
 * keys alone.
 */
@Component
public class PersonTokens {

  /** Longer ones are refused unread. */
  static final int LONGEST = 8_192;

  private static final int TIMEOUT_MS = 2_000;
  private static final int LARGEST_KEY_SET = 64 * 1_024;
  private static final Set<JWSAlgorithm> WITH_KEYS = Set.of(JWSAlgorithm.ES256, JWSAlgorithm.RS256);

  private static final Problem UNKNOWN =
      Problem.of(
          401,
          "invalid-token",
          "Authentication required",
          "The access token is not valid or has expired. Sign in again.");
  private static final Problem NONE_TAKEN =
      Problem.of(
          401,
          "no-tokens-taken",
          "Authentication required",
          "This service takes no access tokens: sign in with a link, or send an API key.");
  private static final Problem NO_KEYS =
      Problem.of(
              503,
              "unavailable",
              "Temporarily unavailable",
              "The keys for verifying tokens cannot be fetched. Try again in a few seconds.")
          .after(5);

  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
  private final boolean takesTokens;

  @Autowired
  PersonTokens(SupabaseSettings project, Clock clock) {
    this(project, clock, new DefaultResourceRetriever(TIMEOUT_MS, TIMEOUT_MS, LARGEST_KEY_SET));
  }

  PersonTokens(SupabaseSettings project, Clock clock, ResourceRetriever retriever) {
    var selectors = selectors(project, clock, retriever);
    this.takesTokens = !selectors.isEmpty();
    processor.setJWSKeySelector(
        (header, context) -> {
          var selector = selectors.get(header.getAlgorithm());
          return selector == null ? List.of() : selector.selectJWSKeys(header, context);
        });
    processor.setJWTClaimsSetVerifier(new PersonClaims(project, clock));
  }

  /**
   * Whose token it is.
   *
   * @throws RequestRefusedException 401 when it is not valid, whatever is wrong with it; 503 while
   *     that cannot be told
   */
  public Person verify(Credential credential) {
    if (!takesTokens) {
      throw new RequestRefusedException(NONE_TAKEN);
    }
    if (credential.secret().length() > LONGEST) {
      throw new RequestRefusedException(UNKNOWN);
    }
    try {
      return person(processor.process(credential.secret(), null));
    } catch (KeySourceException e) {
      throw new RequestRefusedException(NO_KEYS);
    } catch (ParseException | BadJOSEException | JOSEException | RuntimeException e) {
      throw new RequestRefusedException(UNKNOWN);
    }
  }

  private static Person person(JWTClaimsSet claims) throws ParseException {
    return new Person(UUID.fromString(claims.getSubject()), claims.getStringClaim("email"));
  }

  private static Map<JWSAlgorithm, JWSKeySelector<SecurityContext>> selectors(
      SupabaseSettings project, Clock clock, ResourceRetriever retriever) {
    var selectors = new HashMap<JWSAlgorithm, JWSKeySelector<SecurityContext>>();
    if (!project.jwtSecret().isEmpty()) {
      // Chosen by the algorithm alone: a project's secret has no id, although its tokens name one.
      selectors.put(
          JWSAlgorithm.HS256,
          new SingleKeyJWSKeySelector<>(
              JWSAlgorithm.HS256, new SecretKeySpec(project.secretBytes(), "HmacSHA256")));
    }
    if (!project.jwksUrl().isEmpty()) {
      var keys = RemoteKeys.of(url(project.jwksUrl()), retriever, clock);
      WITH_KEYS.forEach(
          algorithm -> selectors.put(algorithm, new JWSVerificationKeySelector<>(algorithm, keys)));
    }
    return selectors;
  }

  private static URL url(String text) {
    try {
      return URI.create(text).toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("Not an address: " + text, e);
    }
  }
}
