package com.callback.messaging.delivery.channel.webhook;

import com.callback.messaging.delivery.engine.AsyncClient;
import com.callback.messaging.delivery.engine.OutgoingRequest;
import com.callback.messaging.delivery.engine.RefusedBySettingsException;
import com.callback.messaging.delivery.engine.RequestAuthorization;
import com.callback.messaging.delivery.outbound.WebhookUrl;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Access tokens for webhooks, by the client credentials grant of OAuth 2.0 (RFC 6749, 4.4). A token
 * is fetched once for all requests that need it, and used until shortly before it expires. The
 * token endpoint is an address that a customer gives: it is checked and limited like a webhook's.
 */
@Component
class AccessTokens {

  private static final int MOST = 10_000;
  private static final Duration FORGOTTEN_AFTER = Duration.ofHours(24);

  /** Of a token that does not say how long it lives, and the most that one is used. */
  private static final long USUAL_SECONDS = 300;

  private static final long MOST_SECONDS = 86_400;

  /** A token ends so long before it expires, or a tenth of its life where that is less. */
  private static final long MARGIN_SECONDS = 60;

  /** What RFC 6750 lets stand in the header. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]{1,12000}=*");

  private final AsyncClient client;
  private final WebhookUrl urls;
  private final WebhookSecrets secrets;
  private final ObjectMapper json;
  private final Clock clock;
  private final Cache<Account, CompletableFuture<Token>> tokens =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(FORGOTTEN_AFTER).build();

  /**
   * Who gets a token, and where.
   *
   * @param secret sealed
   */
  private record Account(
      UUID businessId, String tokenUrl, String clientId, String secret, String scope) {

    /** Nothing secret, wherever it is printed. */
    @Override
    public String toString() {
      return "Account of " + businessId;
    }
  }

  private record Token(String header, Instant usableUntil) {

    @Override
    public String toString() {
      return "Token until " + usableUntil;
    }
  }

  AccessTokens(
      AsyncClient client, WebhookUrl urls, WebhookSecrets secrets, ObjectMapper json, Clock clock) {
    this.client = client;
    this.urls = urls;
    this.secrets = secrets;
    this.json = json;
    this.clock = clock;
  }

  /**
   * What the requests to a subscription are authorized with.
   *
   * @param authentication as it is stored; null, or JSON's null, for nothing, which is null
   */
  RequestAuthorization of(UUID businessId, JsonNode authentication) {
    if (authentication == null || !authentication.isObject()) {
      return null;
    }
    var account =
        new Account(
            businessId,
            authentication.path("tokenUrl").asText(),
            authentication.path("clientId").asText(),
            authentication.path("clientSecret").asText(),
            authentication.path("scope").textValue());
    return new RequestAuthorization() {
      @Override
      public CompletionStage<String> header() {
        return token(account).thenApply(Token::header);
      }

      @Override
      public void refused(String header) {
        forget(account, header);
      }
    };
  }

  private CompletableFuture<Token> token(Account account) {
    return tokens
        .asMap()
        .compute(account, (each, known) -> isUsable(known) ? known : fetched(account));
  }

  /** One that is being fetched is waited for; one that could not be had is fetched again. */
  private boolean isUsable(CompletableFuture<Token> known) {
    if (known == null || known.isCompletedExceptionally()) {
      return false;
    }
    return !known.isDone() || clock.instant().isBefore(known.join().usableUntil());
  }

  private void forget(Account account, String header) {
    tokens
        .asMap()
        .computeIfPresent(
            account,
            (each, known) ->
                known.isDone()
                        && !known.isCompletedExceptionally()
                        && known.join().header().equals(header)
                    ? null
                    : known);
  }

  private CompletableFuture<Token> fetched(Account account) {
    try {
      return client
          .post(request(account), true)
          .handle((response, failure) -> token(response, failure))
          .toCompletableFuture();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private OutgoingRequest request(Account account) {
    var credentials =
        encoded(account.clientId())
            + ":"
            + encoded(secrets.opened(account.businessId().toString(), account.secret()));
    var body = "grant_type=client_credentials";
    if (account.scope() != null) {
      body += "&scope=" + encoded(account.scope());
    }
    return OutgoingRequest.toCustomer(
        url(account),
        Map.of(
            "Authorization",
            "Basic "
                + Base64.getEncoder()
                    .encodeToString(credentials.getBytes(StandardCharsets.US_ASCII)),
            "Content-Type",
            "application/x-www-form-urlencoded",
            "Accept",
            "application/json"),
        body.getBytes(StandardCharsets.US_ASCII));
  }

  private String url(Account account) {
    try {
      return urls.toSend(account.tokenUrl());
    } catch (IllegalArgumentException e) {
      throw unavailable("its URL cannot be called. " + e.getMessage());
    }
  }

  private Token token(AsyncClient.Response response, Throwable failure) {
    if (failure != null) {
      throw unavailable("it did not respond");
    }
    if (response.status() != 200) {
      throw unavailable("it responded %d".formatted(response.status()));
    }
    try {
      return token(json.readTree(response.body()));
    } catch (IOException e) {
      // The cause stays out: its message quotes the response.
      throw unavailable("its response is not JSON");
    }
  }

  private Token token(JsonNode response) {
    var token = response.path("access_token").asText();
    if (!TOKEN.matcher(token).matches()) {
      throw unavailable("its response has no access_token");
    }
    var type = response.path("token_type").asText("Bearer");
    if (!type.equalsIgnoreCase("Bearer")) {
      throw unavailable("its response has a token_type other than Bearer");
    }
    var life =
        Math.max(0, Math.min(MOST_SECONDS, response.path("expires_in").asLong(USUAL_SECONDS)));
    var usable = life - Math.min(MARGIN_SECONDS, life / 10);
    return new Token("Bearer " + token, clock.instant().plusSeconds(usable));
  }

  /**
   * What keeps a token from being had says nothing of the receiver, so it never ends a delivery: it
   * is tried again until there is a token.
   */
  private static RefusedBySettingsException unavailable(String why) {
    return new RefusedBySettingsException(
        "No access token: of the token endpoint of the subscription, %s. The delivery is tried again."
            .formatted(why));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
