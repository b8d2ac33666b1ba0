package com.callback.messaging.people.signin;

import com.callback.messaging.platform.secrets.Seal;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Links that are good for one use. The database keeps when and whether, under an id; the link is
 * that id with the service's signature, made whenever it is shown, so that what is kept opens
 * nothing.
 */
@Component
public class OneTimeLinks {

  /** What a link is for: the first part of its path, and what its signature is good for. */
  public static final String SIGN_IN = "sign-in";

  /** Likewise. */
  public static final String INVITATION = "invitation";

  private static final Pattern TOKEN =
      Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.([A-Za-z0-9_-]{43})");

  private final Seal seal;
  private final String publicUrl;

  OneTimeLinks(Seal seal, @Value("${messaging.public-url}") String publicUrl) {
    this.seal = seal;
    this.publicUrl = publicUrl.replaceAll("/+$", "");
  }

  /**
   * The address that people follow.
   *
   * @param purpose {@link #SIGN_IN} or {@link #INVITATION}
   * @param id of the link's row
   */
  public String link(String purpose, String id) {
    return publicUrl + "/" + purpose + "/" + id + "." + seal.sign(purpose, id);
  }

  /** The id in the last part of a link; empty when it was not made here, for this purpose. */
  Optional<UUID> id(String purpose, String token) {
    var parts = TOKEN.matcher(token == null ? "" : token.strip());
    return parts.matches() && seal.matches(purpose, parts.group(1), parts.group(2))
        ? Optional.of(UUID.fromString(parts.group(1)))
        : Optional.empty();
  }
}
