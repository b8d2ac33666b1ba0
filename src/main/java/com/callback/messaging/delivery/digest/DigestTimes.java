package com.callback.messaging.delivery.digest;

import com.callback.messaging.platform.startup.StartFailure;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The times of day, on each business's own clock, that digests close at. */
@Component
public class DigestTimes {

  private final LocalTime daily;
  private final LocalTime weekly;

  DigestTimes(
      @Value("${digests.daily-at}") String daily, @Value("${digests.weekly-at}") String weekly) {
    this.daily = time("digests.daily-at", daily);
    this.weekly = time("digests.weekly-at", weekly);
  }

  /**
   * Hours and minutes, such as 08:00; of a weekly digest on Mondays.
   *
   * @param kind {@code daily} or {@code weekly}
   */
  public String of(String kind) {
    return (kind.equals("weekly") ? weekly : daily).toString();
  }

  private static LocalTime time(String setting, String text) {
    try {
      return LocalTime.parse(text.strip());
    } catch (DateTimeParseException e) {
      throw new StartFailure(
          "The setting %s is '%s': set %s to a time of day such as 08:00."
              .formatted(setting, text, setting.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT)),
          e);
    }
  }
}
