package com.callback.messaging.intake.screening;

import com.callback.messaging.intake.submission.Submission;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.RequestRefusedException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * How much is too much. Above what people send, leads are held; far above it requests are refused,
 * with when to come again, and headers as of draft-ietf-httpapi-ratelimit-headers.
 */
@Component("limits")
public class RequestLimits {

  private static final long WINDOW_SECONDS = 60;
  private static final Duration DAY = Duration.ofDays(1);

  private static final Problem TOO_MANY =
      Problem.of(
          429,
          "too-many-requests",
          "Too many requests",
          "Nothing was stored. Wait for Retry-After seconds, then send it again.");

  private final AbuseSettings settings;
  private final BudgetSettings budgets;
  private final Buckets buckets;

  RequestLimits(AbuseSettings settings, BudgetSettings budgets, Buckets buckets) {
    this.settings = settings;
    this.budgets = budgets;
    this.buckets = buckets;
  }

  /**
   * Counts a request for a sign-in link.
   *
   * @param address of the caller, as {@link
   *     com.callback.messaging.platform.http.ClientAddress#networkOf} gives it
   * @throws RequestRefusedException 429 when there were too many of late
   */
  public void signIn(String address) {
    require("sign-in", address, settings.signInsPerAddress());
  }

  /**
   * Counts a test of a channel.
   *
   * @throws RequestRefusedException 429 when there were too many of late
   */
  public void test(UUID business) {
    require("tests", business.toString(), settings.testsPerBusiness());
  }

  /**
   * Counts a request of the API, whichever key or member of the business sends it.
   *
   * @throws RequestRefusedException 429 when there were too many of late
   */
  public void request(UUID business) {
    require("requests", business.toString(), settings.requestsPerBusiness());
  }

  /**
   * Counts a credential that was not valid.
   *
   * @throws RequestRefusedException 429 when there were too many of late
   */
  void wrongCredential(String address) {
    require("credentials", address, settings.wrongCredentialsPerAddress());
  }

  void requireBelowRefusal(String caller, Submission submission) {
    try {
      require("address", caller, settings.refusedPerAddress());
      require("funnel", funnel(submission), settings.refusedPerFunnel());
    } catch (RequestRefusedException e) {
      throw submission.refused(e.problem());
    }
  }

  /**
   * What others send to a funnel does not count for what one address sends too much, nor for what
   * is suspicious anyway: a flood from one place holds up nobody else's lead.
   */
  String signal(String caller, Submission submission, String before) {
    // All are asked, so that each counts all.
    var isTooMuch =
        !isWithin("held address", caller, settings.heldPerAddress())
            | !isWithinADay("address", caller + " " + funnel(submission), budgets.leadsByAddress());
    if (before != null) {
      return before;
    }
    return isTooMuch || !isWithin("held funnel", funnel(submission), settings.heldPerFunnel())
        ? SpamSignal.TOO_MANY
        : null;
  }

  /** What the keys of a business send is believed to be people's, up to what a day may bring. */
  String signalOfKeys(String caller) {
    return isWithinADay("keys", caller, budgets.leadsByKey()) ? null : SpamSignal.TOO_MANY;
  }

  private boolean isWithinADay(String kind, String whose, long perDay) {
    return perDay == 0
        || buckets.take("held in a day " + kind + " " + whose, perDay, DAY, 1).isZero();
  }

  private boolean isWithin(String kind, String whose, long perMinute) {
    return perMinute == 0 || buckets.take(kind + " " + whose, perMinute, 1).isZero();
  }

  private void require(String kind, String whose, long perMinute) {
    if (perMinute == 0) {
      return;
    }
    var wait = buckets.take("refused " + kind + " " + whose, perMinute, 1);
    if (!wait.isZero()) {
      throw new RequestRefusedException(tooMany(kind, perMinute, wait));
    }
  }

  private static Problem tooMany(String kind, long perMinute, Duration wait) {
    var seconds = Math.max(1, wait.plusMillis(999).toSeconds());
    return TOO_MANY
        .after((int) seconds)
        .withHeaders(
            Map.of(
                "RateLimit-Policy", "\"%s\";q=%d;w=%d".formatted(kind, perMinute, WINDOW_SECONDS),
                "RateLimit", "\"%s\";r=0;t=%d".formatted(kind, seconds)));
  }

  private static String funnel(Submission submission) {
    return submission.funnelId().toLowerCase(Locale.ROOT);
  }
}
