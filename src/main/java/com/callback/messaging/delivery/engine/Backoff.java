package com.callback.messaging.delivery.engine;

import static java.time.ZoneOffset.UTC;
import static org.apache.hc.client5.http.utils.DateUtils.FORMATTER_RFC1036;
import static org.apache.hc.client5.http.utils.DateUtils.FORMATTER_RFC1123;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hc.client5.http.utils.DateUtils;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Says how long a delivery waits after a failed attempt. */
@Component
public class Backoff {

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}(?:\\.[0-9]{1,9})?");

  /** The oldest form of an HTTP date; the library's own formatter for it knows no time zone. */
  private static final DateTimeFormatter ASCTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH).withZone(UTC);

  private static final Duration HOUR = Duration.ofHours(1);

  private final double jitter;

  /**
   * @param jitter largest deviation from a step in either direction, as a fraction from 0 to below
   *     1
   */
  Backoff(@Value("${delivery.jitter:0.2}") double jitter) {
    if (!(jitter >= 0 && jitter < 1)) {
      throw new IllegalArgumentException(
          "delivery.jitter must be a fraction from 0 to below 1, not " + jitter + ".");
    }
    this.jitter = jitter;
  }

  /**
   * Returns the wait before the next attempt, or nothing when the steps are used up.
   *
   * <p>A step is spread, so that deliveries that failed together do not come back together. What
   * the receiver asks for is kept exactly: it knows more than we do. But it cannot shorten a step,
   * nor ask for more than the longest step of the schedule, or an hour where that is more: a
   * mistake of its must not keep a lead for a year.
   *
   * @param steps the waits after the first, second … failed attempt
   * @param failedAttempts how many attempts have failed, at least 1
   * @param retryAfter what the receiver asked for, see {@link #parseRetryAfter}
   */
  public Optional<Duration> next(
      List<Duration> steps,
      int failedAttempts,
      Optional<Duration> retryAfter,
      RandomGenerator random) {
    if (failedAttempts < 1) {
      throw new IllegalArgumentException(
          "There is nothing to wait for after " + failedAttempts + " failed attempts.");
    }
    if (failedAttempts > steps.size()) {
      return Optional.empty();
    }
    var step = steps.get(failedAttempts - 1);
    return Optional.of(
        retryAfter
            .map(wanted -> within(step, wanted, most(steps)))
            .orElseGet(() -> spread(step, random)));
  }

  private static Duration most(List<Duration> steps) {
    return Stream.concat(steps.stream(), Stream.of(HOUR)).max(Duration::compareTo).orElseThrow();
  }

  private static Duration within(Duration least, Duration wanted, Duration most) {
    if (wanted.compareTo(least) < 0) {
      return least;
    }
    return wanted.compareTo(most) > 0 ? most : wanted;
  }

  private Duration spread(Duration step, RandomGenerator random) {
    var factor = 1 + jitter * (2 * random.nextDouble() - 1);
    return Duration.ofNanos((long) (step.toNanos() * factor));
  }

  /**
   * Reads a {@code Retry-After} header (RFC 9110, 10.2.3): seconds, whose fraction is rounded up,
   * or one of the three HTTP dates, where the past means now. Nothing for anything else.
   */
  public static Optional<Duration> parseRetryAfter(String header, Instant now) {
    if (header == null) {
      return Optional.empty();
    }
    var text = header.strip();
    if (SECONDS.matcher(text).matches()) {
      var seconds = new BigDecimal(text).setScale(0, RoundingMode.CEILING);
      return Optional.of(Duration.ofSeconds(seconds.longValueExact()));
    }
    return Optional.ofNullable(
            DateUtils.parseDate(text, FORMATTER_RFC1123, FORMATTER_RFC1036, ASCTIME))
        .map(date -> date.isAfter(now) ? Duration.between(now, date) : Duration.ZERO);
  }
}
