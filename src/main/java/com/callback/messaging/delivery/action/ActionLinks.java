package com.callback.messaging.delivery.action;

import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.callback.messaging.platform.secrets.Seal;
import com.callback.messaging.platform.secrets.SignedTokens;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The links by which the recipient of a notification acts on its lead: {@code
 * https://leads.example.com/a/<token>}. The token has the lead, its recipient and when it expires,
 * in 46 characters, because an SMS has little room.
 *
 * <p>The recipient is not named but marked: nobody reads an address out of a link, and a link of an
 * address that is none of the business any more finds nobody.
 */
@Component("actionLinks")
public class ActionLinks {

  private static final String PURPOSE = "action link";
  private static final String RECIPIENT = "action link recipient";

  /** Notifications go to a business; whatever goes to a lead must never have such a link. */
  private static final Set<String> CAUSES = Set.of("lead", "notification");

  /** Stands for the channel of a link that a member gets, and names them in a payload. */
  private static final String MEMBER = "member";

  private static final int MARK_BYTES = 5;
  private static final int TAG_BYTES = 10;
  private static final int CONTENT_BYTES = 2 * Long.BYTES + MARK_BYTES;

  private static final Problem UNKNOWN =
      Problem.of(
          404,
          "unknown-link",
          "This link is not valid",
          "Open the link as it was sent, whole, or open the lead in the inbox.");

  private static final Problem EXPIRED =
      Problem.of(
          410,
          "expired-link",
          "This link has expired",
          "Nothing was changed. Open the lead in the inbox: sign in there.");

  private final Seal seal;
  private final SignedTokens tokens;
  private final ActionLinkSettings settings;
  private final Clock clock;
  private final String publicUrl;

  ActionLinks(
      Seal seal,
      SignedTokens tokens,
      ActionLinkSettings settings,
      Clock clock,
      @Value("${messaging.public-url}") String publicUrl) {
    this.seal = seal;
    this.tokens = tokens;
    this.settings = settings;
    this.clock = clock;
    this.publicUrl = publicUrl.strip().replaceAll("/+$", "");
  }

  /**
   * The link in a notification: for its member where it goes to one, by whatever channel, and else
   * for the address.
   *
   * @return null where it has none
   */
  public String of(Delivery delivery) {
    if (delivery.message() == null || !CAUSES.contains(delivery.cause())) {
      return null;
    }
    var lead = UUID.fromString(delivery.message().path("id").asText());
    var member = delivery.payload().path(MEMBER).textValue();
    if (member != null) {
      return of(lead, UUID.fromString(member));
    }
    return delivery.recipient() == null ? null : of(lead, delivery.channel(), delivery.recipient());
  }

  /**
   * The link for one lead in a text to a member, such as in a digest.
   *
   * @return null where links are switched off
   */
  public String of(UUID lead, UUID member) {
    return of(lead, MEMBER, member.toString());
  }

  /**
   * The link for one lead in a text to one address of the business.
   *
   * @param channel by which it is sent, such as {@code email}
   * @param address a recipient of the business, as it is stored
   * @return null where links are switched off
   */
  public String of(UUID lead, String channel, String address) {
    if (!settings.isEnabled()) {
      return null;
    }
    var mark = seal.tag(RECIPIENT, recipient(channel, address), TAG_BYTES);
    var content =
        ByteBuffer.allocate(CONTENT_BYTES)
            .putLong(lead.getMostSignificantBits())
            .putLong(lead.getLeastSignificantBits())
            .put(mark, 0, MARK_BYTES)
            .array();
    return publicUrl
        + "/a/"
        + tokens.sign(PURPOSE, content, clock.instant().plus(settings.validFor()));
  }

  /**
   * What a link says.
   *
   * @param token the last part of its address
   * @throws RequestRefusedException 404 for one that was not made here, 410 for one that has
   *     expired
   */
  public ActionLink read(String token) {
    var signed =
        tokens
            .read(PURPOSE, token, CONTENT_BYTES)
            .filter(each -> settings.isEnabled())
            .orElseThrow(() -> new RequestRefusedException(UNKNOWN));
    if (!clock.instant().isBefore(signed.expiresAt())) {
      throw new RequestRefusedException(EXPIRED);
    }
    var content = ByteBuffer.wrap(signed.content());
    var lead = new UUID(content.getLong(), content.getLong());
    var mark = new byte[MARK_BYTES];
    content.get(mark);
    return new ActionLink(token, lead, mark);
  }

  /** Whether a link was sent to this address by this channel. */
  public boolean isFor(ActionLink link, String channel, String address) {
    return seal.matchesTag(RECIPIENT, recipient(channel, address), link.recipient());
  }

  private static String recipient(String channel, String address) {
    return channel + " " + address.toLowerCase(Locale.ROOT);
  }
}
