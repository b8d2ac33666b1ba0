package com.callback.messaging.intake.screening;

import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.RequestRefusedException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * What each business may do in a day of what costs the operator money or reaches strangers. It is
 * counted in the database, in the commit of what is done.
 */
@Component("budgets")
public class Budgets {

  private final Map<String, Integer> most;
  private final Clock clock;

  Budgets(BudgetSettings settings, Clock clock) {
    this.clock = clock;
    this.most =
        Map.of(
            "replies", settings.replies(),
            "invitations", settings.invitations(),
            "tests", settings.tests(),
            "retries", settings.retries());
  }

  /** How much a day may bring; 0 for as much as one likes. */
  public int most(String budget) {
    return most.get(budget);
  }

  /**
   * Goes on only within the budget.
   *
   * @throws RequestRefusedException 429, with which budget it is, when it is free again, and how it
   *     is raised
   */
  public void require(String budget, boolean isWithin) {
    if (isWithin) {
      return;
    }
    var now = clock.instant();
    var again =
        LocalDate.ofInstant(now, ZoneOffset.UTC)
            .plusDays(1)
            .atStartOfDay()
            .toInstant(ZoneOffset.UTC);
    throw new RequestRefusedException(
        Problem.of(
                429,
                "budget-spent",
                "The daily budget is used up",
                "Nothing was done. The business may use %d %s a day. The budget is available again from %s; the operator can raise it with MESSAGING_BUDGETS_%s."
                    .formatted(most(budget), budget, again, budget.toUpperCase(Locale.ROOT)))
            .after((int) Duration.between(now, again).toSeconds() + 1)
            .saying(Map.of("budget", budget, "limit", most(budget), "freeAt", again.toString())));
  }
}
