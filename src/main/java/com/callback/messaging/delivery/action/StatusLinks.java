package com.callback.messaging.delivery.action;

import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.callback.messaging.platform.secrets.SignedTokens;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The links in receipts of visitors, {@code https://leads.example.com/s/<token>}, by which they see
 * how far their request is.
 */
@Component("statusLinks")
public class StatusLinks {

  private static final String PURPOSE = "status link";
  private static final Duration VALID_FOR = Duration.ofDays(30);
  private static final int ID_BYTES = 2 * Long.BYTES;

  private static final Problem UNKNOWN =
      Problem.of(
          404,
          "unknown-link",
          "This link is not valid",
          "Open the link as it was sent, whole, or call the business.");

  private static final Problem EXPIRED =
      Problem.of(
          410,
          "expired-link",
          "This link has expired",
          "Nothing was changed. Please get in touch with the business.");

  private final SignedTokens tokens;
  private final Clock clock;
  private final String publicUrl;

  StatusLinks(
      SignedTokens tokens, Clock clock, @Value("${messaging.public-url}") String publicUrl) {
    this.tokens = tokens;
    this.clock = clock;
    this.publicUrl = publicUrl.strip().replaceAll("/+$", "");
  }

  /** The link for the visitor of a lead. */
  public String of(UUID lead) {
    var id =
        ByteBuffer.allocate(ID_BYTES)
            .putLong(lead.getMostSignificantBits())
            .putLong(lead.getLeastSignificantBits())
            .array();
    return publicUrl + "/s/" + tokens.sign(PURPOSE, id, clock.instant().plus(VALID_FOR));
  }

  /**
   * The lead of a link.
   *
   * @param token the last part of its address
   * @throws RequestRefusedException 404 for one that was not made here, 410 for one that has
   *     expired
   */
  public UUID lead(String token) {
    var signed =
        tokens
            .read(PURPOSE, token, ID_BYTES)
            .orElseThrow(() -> new RequestRefusedException(UNKNOWN));
    if (!clock.instant().isBefore(signed.expiresAt())) {
      throw new RequestRefusedException(EXPIRED);
    }
    var id = ByteBuffer.wrap(signed.content());
    return new UUID(id.getLong(), id.getLong());
  }
}
