package com.callback.messaging.delivery.channel.sms;

import com.callback.messaging.platform.startup.StartFailure;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What short messages may cost, and how they are handed to the provider: {@code channels.sms.*}.
 *
 * @param perRequest most messages in one request to the provider, 1 to 1,000
 * @param requestsPerSecond most requests of this instance to one account in a second; 0 for any
 *     number
 * @param dryRun which messages the provider only checks
 * @param price of one part, in {@code currency}
 * @param prices of one part by country (ISO 3166), where it differs
 */
@ConfigurationProperties("channels.sms")
public record SmsSettings(
    int perRequest,
    int requestsPerSecond,
    DryRun dryRun,
    Budget budget,
    String currency,
    BigDecimal price,
    @DefaultValue Map<String, BigDecimal> prices) {

  private static final int MOST_PER_REQUEST = 1_000;
  private static final int MOST_RESERVE = 90;

  /** Which messages are handed in as a dry run: the provider checks them and sends nothing. */
  public enum DryRun {
    NONE,
    TESTS,
    ALL
  }

  /**
   * What a business may use, in parts. 0 switches a limit off.
   *
   * @param perDay in a day of UTC
   * @param perMonth in a month of UTC
   * @param reserve percent of both that only urgent leads may use, 0 to 90
   * @param perRecipient most messages to one number within an hour
   */
  public record Budget(int perDay, int perMonth, int reserve, int perRecipient) {

    public Budget {
      requireNotNegative("per-day", perDay);
      requireNotNegative("per-month", perMonth);
      requireNotNegative("per-recipient", perRecipient);
      if (reserve < 0 || reserve > MOST_RESERVE) {
        throw new StartFailure(
            "channels.sms.budget.reserve is %d: set CHANNELS_SMS_BUDGET_RESERVE to a percentage from 0 to %d."
                .formatted(reserve, MOST_RESERVE));
      }
    }

    boolean isUnlimited() {
      return perDay == 0 && perMonth == 0 && perRecipient == 0;
    }

    private static void requireNotNegative(String name, int value) {
      if (value < 0) {
        throw new StartFailure(
            "channels.sms.budget.%s is %d: set it to 0, which is no limit, or more."
                .formatted(name, value));
      }
    }
  }

  public SmsSettings {
    if (perRequest < 1 || perRequest > MOST_PER_REQUEST) {
      throw new StartFailure(
          "channels.sms.per-request is %d: set CHANNELS_SMS_PER_REQUEST to a number from 1 to %d."
              .formatted(perRequest, MOST_PER_REQUEST));
    }
    if (requestsPerSecond < 0) {
      throw new StartFailure(
          "channels.sms.requests-per-second is %d: set CHANNELS_SMS_REQUESTS_PER_SECOND to 0, which is no limit, or more."
              .formatted(requestsPerSecond));
    }
    // Names of environment variables arrive in lower case.
    prices =
        prices.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    each -> each.getKey().toUpperCase(Locale.ROOT), Map.Entry::getValue));
    requirePrice("price", price);
    prices.forEach((country, each) -> requirePrice("prices." + country, each));
  }

  private static void requirePrice(String name, BigDecimal price) {
    if (price.signum() < 0) {
      throw new StartFailure(
          "channels.sms.%s is %s: set it to 0 or more.".formatted(name, price.toPlainString()));
    }
  }

  /**
   * What one part costs.
   *
   * @param country null where nobody knows it
   */
  BigDecimal priceIn(String country) {
    return country == null ? price : prices.getOrDefault(country, price);
  }
}
