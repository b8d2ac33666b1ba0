package com.callback.messaging.inbox.action;

import com.callback.messaging.platform.startup.StartFailure;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** How many receipts visitors get at most: they go to addresses that nobody has confirmed. */
@Component("visitorReceipts")
public class VisitorReceipts {

  private static final int MOST = 1_000_000;

  private final int perDay;
  private final int perDestination;

  VisitorReceipts(
      @Value("${messaging.visitor-receipts.per-day}") int perDay,
      @Value("${messaging.visitor-receipts.per-destination}") int perDestination) {
    if (perDay < 0 || perDay > MOST || perDestination < 0 || perDestination > MOST) {
      throw new StartFailure(
          "messaging.visitor-receipts cannot be used: set MESSAGING_VISITOR_RECEIPTS_PER_DAY and MESSAGING_VISITOR_RECEIPTS_PER_DESTINATION to 0 to %d; 0 sends none."
              .formatted(MOST));
    }
    this.perDay = perDay;
    this.perDestination = perDestination;
  }

  /** Most receipts of one business within 24 hours. */
  public int perDay() {
    return perDay;
  }

  /** Most receipts to one address or number within 24 hours, of all businesses. */
  public int perDestination() {
    return perDestination;
  }
}
