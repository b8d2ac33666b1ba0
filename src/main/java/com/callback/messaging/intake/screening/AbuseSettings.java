package com.callback.messaging.intake.screening;

import java.time.Duration;
import java.util.stream.LongStream;
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
 * @param requestsPerBusiness more requests of the API by all keys and members of one business are
 *     refused; leads are no part of it
 * @param wrongCredentialsPerAddress after more keys, tokens and sessions of one address that are
 *     not valid, nothing is looked up for it
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
    long requestsPerBusiness,
    long wrongCredentialsPerAddress,
    int remembered) {

  AbuseSettings {
    if (fastest.isNegative() || slowest.compareTo(fastest) <= 0) {
      throw new IllegalArgumentException(
          "fastest must not be negative, and slowest must be longer than fastest");
    }
    if (LongStream.of(
            heldPerAddress,
            heldPerFunnel,
            refusedPerAddress,
            refusedPerFunnel,
            signInsPerAddress,
            testsPerBusiness,
            requestsPerBusiness,
            wrongCredentialsPerAddress)
        .anyMatch(limit -> limit < 0)) {
      throw new IllegalArgumentException("limits must be 0, which is none, or more");
    }
    if (remembered < 1) {
      throw new IllegalArgumentException("remembered must be 1 or more");
    }
  }
}
