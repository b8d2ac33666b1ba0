package com.callback.messaging.people.signin;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The Supabase project whose people may call: {@code messaging.identity.supabase.*}.
 *
 * @param url of the project; empty where there is none
 * @param issuer of its tokens, {@code {url}/auth/v1} where left out
 * @param jwksUrl where its public keys are, below the issuer where left out
 * @param jwtSecret for HS256, its raw UTF-8 bytes, at least 32; empty where tokens are not signed
 *     with a secret
 * @param audience that tokens must be for
 * @param skew by how much clocks may differ, at most a minute
 */
@ConfigurationProperties("messaging.identity.supabase")
record SupabaseSettings(
    String url, String issuer, String jwksUrl, String jwtSecret, String audience, Duration skew) {

  private static final int SHORTEST_SECRET = 32;
  private static final Duration LARGEST_SKEW = Duration.ofSeconds(60);

  SupabaseSettings {
    url = given(url).replaceAll("/+$", "");
    issuer = given(issuer);
    jwksUrl = given(jwksUrl);
    jwtSecret = Optional.ofNullable(jwtSecret).orElse("");
    if (issuer.isEmpty() && !url.isEmpty()) {
      issuer = url + "/auth/v1";
    }
    if (jwksUrl.isEmpty() && !url.isEmpty()) {
      jwksUrl = url + "/auth/v1/.well-known/jwks.json";
    }
    if (!jwtSecret.isEmpty() && bytes(jwtSecret).length < SHORTEST_SECRET) {
      throw new IllegalArgumentException(
          "MESSAGING_IDENTITY_SUPABASE_JWT_SECRET has fewer than 32 bytes: copy the project's JWT secret whole");
    }
    if (issuer.isEmpty() && !(jwksUrl.isEmpty() && jwtSecret.isEmpty())) {
      throw new IllegalArgumentException(
          "MESSAGING_IDENTITY_SUPABASE_URL must say which project the tokens come from");
    }
    if (!jwksUrl.isEmpty() && !isHttp(jwksUrl)) {
      throw new IllegalArgumentException(
          "MESSAGING_IDENTITY_SUPABASE_URL must be an address such as https://abcdefghijklmnopqrst.supabase.co");
    }
    if (skew == null || skew.isNegative() || skew.compareTo(LARGEST_SKEW) > 0) {
      throw new IllegalArgumentException("skew must be from 0s to 60s");
    }
  }

  /** Whether there is a project, so that nobody signs in here. */
  boolean isConfigured() {
    return !issuer.isEmpty();
  }

  byte[] secretBytes() {
    return bytes(jwtSecret);
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "SupabaseSettings[issuer=" + issuer + "]";
  }

  private static byte[] bytes(String secret) {
    return secret.getBytes(StandardCharsets.UTF_8);
  }

  private static String given(String text) {
    return text == null ? "" : text.strip();
  }

  private static boolean isHttp(String text) {
    try {
      var uri = URI.create(text);
      return uri.getHost() != null && uri.getScheme().matches("(?i)https?");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
