package com.callback.messaging.delivery.channel.email.sendgrid;

import com.callback.messaging.platform.startup.StartFailure;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The accounts at SendGrid: {@code channels.email.sendgrid.*} in the configuration.
 *
 * @param apiKey the key of the API; empty where SendGrid does not send
 * @param url the address of the API, up to {@code /v3}
 * @param categories of every mail, besides its cause; at most 9, each of at most 255 characters
 * @param sandbox whether SendGrid checks mails and sends none
 * @param eventsKey the public key of the signed Event Webhook; empty where it is not used
 * @param eventsTolerance the oldest signature that is accepted; zero for any age
 * @param standby the second account; null where there is none
 */
@ConfigurationProperties("channels.email.sendgrid")
record SendGridSettings(
    String apiKey,
    String url,
    List<String> categories,
    boolean sandbox,
    String eventsKey,
    Duration eventsTolerance,
    Standby standby) {

  /** The providers that are accounts at SendGrid. */
  static final String FIRST = "sendgrid";

  static final String SECOND = "sendgrid-standby";

  private static final String BLOCK = "channels.email.sendgrid.";
  private static final int MOST_CATEGORIES = 9;
  private static final int LONGEST_CATEGORY = 255;

  /** The second account, as it is configured. */
  record Standby(String apiKey, String url, String eventsKey) {

    /** Without the keys. */
    @Override
    public String toString() {
      return "Standby[" + url + "]";
    }
  }

  SendGridSettings {
    categories = categories == null ? List.of() : List.copyOf(categories);
    eventsTolerance = eventsTolerance == null ? Duration.ZERO : eventsTolerance;
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

  /**
   * The accounts by the names of their providers, the first one first.
   *
   * @throws StartFailure for a setting that is wrong
   */
  Map<String, SendGridAccount> accounts() {
    var accounts = new LinkedHashMap<String, SendGridAccount>();
    accounts.put(FIRST, new SendGridAccount(BLOCK, apiKey, url, eventsKey));
    if (standby != null) {
      accounts.put(
          SECOND,
          new SendGridAccount(
              BLOCK + "standby.", standby.apiKey(), standby.url(), standby.eventsKey()));
    }
    return accounts;
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return "SendGridSettings[" + url + "]";
  }
}
