package com.callback.messaging.inbox.analytics;

import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.platform.http.Problems;
import com.callback.messaging.platform.http.RequestRefusedException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;

/** Which days figures are asked for. */
@Component
public class Periods {

  /** How many days are shown where nobody says which. */
  private static final int USUAL = 30;

  private static final int MOST = 400;

  private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);
  private static final LocalDate LAST = LocalDate.of(2200, 12, 31);

  Periods() {}

  /**
   * The days that were asked for: thirty up to today where nothing was said.
   *
   * @param today at the business, such as 2026-11-23
   * @throws RequestRefusedException where they are in no order, or more than 400
   */
  public Period requested(OperationRequest input, String today) {
    var to = day(input, "to", LocalDate.parse(today));
    var from = day(input, "from", to.minusDays(USUAL - 1L));
    if (from.isAfter(to)) {
      throw refused("from", "Give a day that is not after `to`, which is " + to + ".");
    }
    if (ChronoUnit.DAYS.between(from, to) >= MOST) {
      throw refused(
          "from", "Give at most %d days: from %s on.".formatted(MOST, to.minusDays(MOST - 1L)));
    }
    return new Period(from.toString(), to.toString());
  }

  private static LocalDate day(OperationRequest input, String name, LocalDate usual) {
    var given = (String) input.values().get(name);
    if (given == null) {
      return usual;
    }
    var day = LocalDate.parse(given);
    if (day.isBefore(FIRST) || day.isAfter(LAST)) {
      throw refused(name, "Give a day from " + FIRST + " to " + LAST + ".");
    }
    return day;
  }

  private static RequestRefusedException refused(String parameter, String remedy) {
    return new RequestRefusedException(Problems.invalidParameter(parameter, remedy));
  }
}
