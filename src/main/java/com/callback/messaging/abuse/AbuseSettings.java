package com.callback.messaging.abuse;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What is suspicious, and what is too much: {@code messaging.abuse.*}. All limits are per minute,
 * and 0 switches one off.
 *
 * @param fastest nobody fills in a form in less time
 * @param slowest the hosted form is good for so long after it was shown
 * @param heldPerAddress more from one address are stored, and held
 * @param heldPerFunnel more at one funnel are stored, and held
 * @param refusedPerAddress more from one address, or with the keys of one business, are refused
 * @param refusedPerFunnel more at one funnel are refused
 * @param signInsPerAddress more requests for a sign-in link from one address are refused
 * @param testsPerBusiness more tests of its channels by one business are refused
 * @param remembered how many addresses and funnels are counted at once on this instance, at most
 */
@ConfigurationProperties("messaging.abuse")
record AbuseSettings(
    Duration fastest,
    Duration slowest,
    long heldPerAddress,
    long heldPerFunnel,
    long refusedPerAddress,
    long refusedPerFunnel,
    long signInsPerAddress,
    long testsPerBusiness,
    int remembered) {

  AbuseSettings {
    if (fastest.isNegative() || slowest.compareTo(fastest) <= 0) {
      throw new IllegalArgumentException(
          "fastest must not be negative, and slowest must be longer than fastest");
    }
    if (heldPerAddress < 0
        || heldPerFunnel < 0
        || refusedPerAddress < 0
        || refusedPerFunnel < 0
        || signInsPerAddress < 0
        || testsPerBusiness < 0) {
      throw new IllegalArgumentException("limits must be 0, which is none, or more");
    }
    if (remembered < 1) {
      throw new IllegalArgumentException("remembered must be 1 or more");
    }
  }
}
