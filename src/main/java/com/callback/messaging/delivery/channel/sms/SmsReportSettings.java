package com.callback.messaging.delivery.channel.sms;

import com.callback.messaging.platform.startup.StartFailure;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the reports of the SMS provider are read: {@code channels.sms.reports.*}. Its documents name
 * neither fields nor words, so both are settings. Of several fields the first that is there counts;
 * a dot leads into an object.
 *
 * @param secret the last part of the address; empty where there is no such address
 * @param reference fields with the id of the delivery
 * @param status fields with the word of a receipt
 * @param time fields with the moment
 * @param error fields with what went wrong
 * @param from fields with the number of somebody who answers
 * @param text fields with what they wrote
 * @param optOut fields that are true when they want no more
 * @param accepted words of a message that is on its way
 * @param stop words by which people opt out
 * @param start words by which they opt in again
 */
@ConfigurationProperties("channels.sms.reports")
public record SmsReportSettings(
    @DefaultValue("") String secret,
    List<String> reference,
    List<String> status,
    List<String> time,
    List<String> error,
    List<String> from,
    List<String> text,
    List<String> optOut,
    Set<String> accepted,
    Set<String> delivered,
    Set<String> failed,
    Set<String> expired,
    Set<String> stop,
    Set<String> start) {

  private static final int SHORTEST_SECRET = 24;

  public SmsReportSettings {
    secret = secret.strip();
    if (!secret.isEmpty() && !secret.matches("[A-Za-z0-9_-]{%d,}".formatted(SHORTEST_SECRET))) {
      throw new StartFailure(
          "channels.sms.reports.secret cannot be used: set CHANNELS_SMS_REPORTS_SECRET to %d or more letters and digits, such as openssl rand -hex 24 makes."
              .formatted(SHORTEST_SECRET));
    }
    if (Stream.of(reference, status, from, text).anyMatch(List::isEmpty)) {
      throw new StartFailure(
          "channels.sms.reports.reference, status, from or text is empty: set each to the names of the provider's fields.");
    }
    accepted = folded(accepted);
    delivered = folded(delivered);
    failed = folded(failed);
    expired = folded(expired);
    stop = folded(stop);
    start = folded(start);
  }

  private static Set<String> folded(Set<String> words) {
    return words.stream()
        .map(word -> word.strip().toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }
}
