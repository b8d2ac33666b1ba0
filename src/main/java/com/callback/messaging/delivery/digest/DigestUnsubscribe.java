package com.callback.messaging.delivery.digest;

import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.platform.http.Page;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.callback.messaging.platform.secrets.Seal;
import com.callback.messaging.platform.template.Templates;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The link by which the recipient of a digest ends it (RFC 8058): it names the business and the
 * kind of digest, with the service's signature. A look at it changes nothing, because scanners of
 * mails follow links; a POST ends the digest, however often it comes.
 */
@Component
public class DigestUnsubscribe {

  private static final String PURPOSE = "unsubscribe";
  private static final Pattern TOKEN =
      Pattern.compile(
          "(daily|weekly)\\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.([A-Za-z0-9_-]{43})");

  private static final Problem UNKNOWN =
      Problem.of(
          404,
          "unknown-link",
          "This link is not valid",
          "Open the link of the newest digest, or switch digests off in the settings of the inbox.");

  private final Seal seal;
  private final Templates templates;
  private final String publicUrl;

  DigestUnsubscribe(
      Seal seal, Templates templates, @Value("${messaging.public-url}") String publicUrl) {
    this.seal = seal;
    this.templates = templates;
    this.publicUrl = publicUrl.replaceAll("/+$", "");
  }

  /** The link in a digest. */
  public String link(Delivery digest) {
    var kind = digest.payload().path("kind").asText();
    var business = digest.businessId().toString();
    return "%s/%s/%s.%s.%s"
        .formatted(publicUrl, PURPOSE, kind, business, seal.sign(PURPOSE, kind + "." + business));
  }

  /**
   * What a link ends, as the parameters of {@code end-digest.sql}.
   *
   * @param token the last part of the link
   * @throws RequestRefusedException 404 for one that was not made here
   */
  public Map<String, Object> row(String token) {
    var parts = read(token);
    return Map.of("kind", parts.group(1), "business", parts.group(2));
  }

  /** The page with the button. */
  public Page page(String token) {
    return filled(read(token), false);
  }

  /** The page after it was pressed. */
  public Page done(String token) {
    return filled(read(token), true);
  }

  private MatchResult read(String token) {
    var parts = TOKEN.matcher(token);
    if (!parts.matches()
        || !seal.matches(PURPOSE, parts.group(1) + "." + parts.group(2), parts.group(3))) {
      throw new RequestRefusedException(UNKNOWN);
    }
    return parts.toMatchResult();
  }

  private Page filled(MatchResult parts, boolean isDone) {
    return new Page(
        200,
        templates.fill(
            "pages/unsubscribe", Map.of("lang", "en", "kind", parts.group(1), "done", isDone)));
  }
}
