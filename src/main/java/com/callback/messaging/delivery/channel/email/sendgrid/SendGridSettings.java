package com.callback.messaging.delivery.channel.email.sendgrid;

import com.callback.messaging.platform.startup.StartFailure;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The account at SendGrid: {@code channels.email.sendgrid.*} in the configuration.
 *
 * @param apiKey the key of the API; empty where SendGrid does not send
 * @param url the address of the API, up to {@code /v3}
 * @param categories of every mail, besides its cause; at most 9, each of at most 255 characters
 * @param sandbox whether SendGrid checks mails and sends none
 * @param eventsKey the public key of the signed Event Webhook; empty where it is not used
 * @param eventsTolerance the oldest signature that is accepted; zero for any age
 */
@ConfigurationProperties("channels.email.sendgrid")
record SendGridSettings(
    String apiKey,
    String url,
    List<String> categories,
    boolean sandbox,
    String eventsKey,
    Duration eventsTolerance) {

  private static final int MOST_CATEGORIES = 9;
  private static final int LONGEST_CATEGORY = 255;

  SendGridSettings {
    apiKey = apiKey == null ? "" : apiKey.strip();
    eventsKey = eventsKey == null ? "" : eventsKey.strip();
    url = url == null ? "" : url.strip().replaceAll("/+$", "");
    categories = categories == null ? List.of() : List.copyOf(categories);
    eventsTolerance = eventsTolerance == null ? Duration.ZERO : eventsTolerance;
    if (!isHttp(url)) {
      throw new StartFailure(
          "channels.email.sendgrid.url is not a web address: set CHANNELS_EMAIL_SENDGRID_URL to one such as https://api.sendgrid.com.");
    }
    if (!apiKey.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new StartFailure(
          "channels.email.sendgrid.api-key has characters that no key has: set CHANNELS_EMAIL_SENDGRID_API_KEY to the key alone, such as SG.….");
    }
    if (categories.size() > MOST_CATEGORIES
        || categories.stream().distinct().count() < categories.size()
        || categories.stream()
            .anyMatch(each -> each.isBlank() || each.length() > LONGEST_CATEGORY)) {
      throw new StartFailure(
          "channels.email.sendgrid.categories must be at most %d different names of at most %d characters: set CHANNELS_EMAIL_SENDGRID_CATEGORIES to fewer or shorter ones."
              .formatted(MOST_CATEGORIES, LONGEST_CATEGORY));
    }
    if (eventsTolerance.isNegative()) {
      throw new StartFailure(
          "channels.email.sendgrid.events-tolerance is negative: set CHANNELS_EMAIL_SENDGRID_EVENTS_TOLERANCE to a time such as 25h, or to 0 for any age.");
    }
  }

  private static boolean isHttp(String url) {
    try {
      var address = URI.create(url);
      return address.getHost() != null && String.valueOf(address.getScheme()).matches("(?i)https?");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return "SendGridSettings[" + url + "]";
  }
}
