package com.callback.messaging.delivery.channel;

import com.callback.messaging.delivery.engine.Channels;
import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.delivery.engine.NeverDeliverableException;
import com.callback.messaging.delivery.engine.RecipientFormat;
import com.callback.messaging.delivery.engine.RefusedBySettingsException;
import com.callback.messaging.delivery.outbound.WebhookUrl;
import com.callback.messaging.platform.secrets.SecretBox;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Where the deliveries of a channel go. A recipient that is a secret is sealed in the database for
 * its business; people are shown its host and its end.
 */
@Component
public class Recipients {

  private static final Pattern URL = Pattern.compile("(https?://[^/?#]+).*");
  private static final String MORE = "\u2026";

  /** Of a shorter text nothing is shown. */
  private static final int SHORTEST_SHOWN = 16;

  private static final int SHOWN_END = 4;

  private final Channels channels;
  private final WebhookUrl urls;
  private final SecretBox box;

  Recipients(Channels channels, WebhookUrl urls, SecretBox box) {
    this.channels = channels;
    this.urls = urls;
    this.box = box;
  }

  /** The recipient of a delivery as it is used; empty for a channel that has none. */
  public Optional<String> of(Delivery delivery) {
    return Optional.ofNullable(channels.of(delivery.channel()).recipient())
        .map(format -> checked(format, kept(format, delivery)));
  }

  /**
   * The same for a route, which sets it as the address of a request.
   *
   * @return null for a channel that has none
   */
  public String address(Delivery delivery) {
    return of(delivery).orElse(null);
  }

  private String kept(RecipientFormat format, Delivery delivery) {
    var kept = format.isSecret() ? delivery.setting("secretRecipient") : delivery.recipient();
    if (kept == null || kept.isBlank()) {
      throw new NeverDeliverableException(
          "The channel has no recipient: enter one such as %s in its settings."
              .formatted(format.example()));
    }
    return format.isSecret() ? opened(delivery.businessId().toString(), kept) : kept;
  }

  /**
   * The platform may have written it without asking, and the operator may have changed the rules.
   */
  private String checked(RecipientFormat format, String recipient) {
    if (!format.fits(recipient)) {
      throw new NeverDeliverableException(
          "The recipient of the channel is not one: %s must look like %s. Correct it in the settings of the channel."
              .formatted(format.label(), format.example()));
    }
    if (!format.kind().equals(RecipientFormat.URL)) {
      return recipient;
    }
    try {
      return urls.toSend(recipient);
    } catch (RefusedBySettingsException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new NeverDeliverableException(e.getMessage());
    }
  }

  /** A secret recipient as it is kept. */
  public String sealed(String business, String recipient) {
    return box.seal(recipient, belongsTo(business));
  }

  /** A kept one as it is used; one that was never sealed as it is. */
  public String opened(String business, String sealed) {
    return box.open(sealed, belongsTo(business));
  }

  /** What people may see of a secret recipient: the host of a URL, and the last characters. */
  public static String shown(String recipient) {
    var url = URL.matcher(recipient);
    var host = url.matches() ? url.group(1) + "/" : "";
    var rest = recipient.substring(Math.min(host.length(), recipient.length()));
    return host
        + MORE
        + (rest.length() < SHORTEST_SHOWN ? "" : rest.substring(rest.length() - SHOWN_END));
  }

  private static String belongsTo(String business) {
    return "recipients of " + business;
  }
}
