package com.callback.messaging.support;

import java.util.Map;

/**
 * Settings under which a process sends any number of SMS to one number, each by its own request.
 */
public final class SmsWithoutLimits {

  public static final Map<String, String> SETTINGS =
      Map.of(
          "CHANNELS_SMS_ACCOUNT_CHECK_MS", "0",
          "CHANNELS_SMS_BUDGET_PER_DAY", "0",
          "CHANNELS_SMS_BUDGET_PER_MONTH", "0",
          "CHANNELS_SMS_BUDGET_PER_RECIPIENT", "0",
          "CHANNELS_SMS_PER_REQUEST", "1",
          "CHANNELS_SMS_REQUESTS_PER_SECOND", "0");

  private SmsWithoutLimits() {}
}
