package com.callback.messaging.intake.screening;

import com.callback.messaging.operation.api.Results;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.RequestRefusedException;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Reads what the statements gave that end a quarantine. */
@Component("quarantine")
public class Quarantine {

  private static final Problem DISCARDED =
      Problem.of(
          409,
          "message-discarded",
          "The lead was discarded",
          "A discarded lead stays archived. Its name and number are still stored.");

  private static final Problem NOT_HELD =
      Problem.of(
          409,
          "message-not-held",
          "The lead is not quarantined",
          "Only a quarantined lead can be discarded. Archive this one instead.");

  Quarantine() {}

  /**
   * The channels that have something due now, with commas between them; null for none, such as when
   * the lead was not held any more.
   *
   * @param row of {@code release-message.sql}; null where there is no such lead
   * @throws RequestRefusedException when it was discarded
   */
  public String released(Map<String, Object> row) {
    if (Boolean.TRUE.equals(Results.requireRow(row).get("is_discarded"))) {
      throw new RequestRefusedException(DISCARDED);
    }
    return (String) row.get("channels");
  }

  /**
   * Does nothing for a lead that is put away now.
   *
   * @param row of {@code discard-message.sql}; null where there is no such lead
   * @throws RequestRefusedException when somebody was told of it already
   */
  public void requireHeld(Map<String, Object> row) {
    if (!Boolean.TRUE.equals(Results.requireRow(row).get("is_held"))) {
      throw new RequestRefusedException(NOT_HELD);
    }
  }
}
