package com.callback.messaging.intake.screening;

import java.util.stream.LongStream;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What a business may do in a day (UTC) of what costs money or reaches strangers: {@code
 * messaging.budgets.*}. 0 switches one off.
 *
 * @param replies answers to leads
 * @param invitations of people
 * @param tests of channels and webhooks
 * @param retries deliveries that are sent again, one by one or many
 * @param leadsByKey more leads that its keys send are held
 * @param leadsByAddress more leads from one address at one funnel are held
 */
@ConfigurationProperties("messaging.budgets")
record BudgetSettings(
    int replies, int invitations, int tests, int retries, long leadsByKey, long leadsByAddress) {

  BudgetSettings {
    if (LongStream.of(replies, invitations, tests, retries, leadsByKey, leadsByAddress)
        .anyMatch(budget -> budget < 0)) {
      throw new IllegalArgumentException("budgets must be 0, which is none, or more");
    }
  }
}
