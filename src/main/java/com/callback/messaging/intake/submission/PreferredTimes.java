package com.callback.messaging.intake.submission;

import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problem.FieldError;
import com.callback.messaging.platform.http.RequestRefusedException;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Holds the time at which a visitor wants to be called against the opening hours. */
@Component
public class PreferredTimes {

  PreferredTimes() {}

  /** Whether a submission asks for a time. */
  public boolean isAskedFor(Submission submission) {
    return PreferredTime.of(submission.preferredTime()).isPresent();
  }

  /** What the statement that looks at the opening hours needs to know. */
  public Map<String, Object> row(Submission submission) {
    var time = PreferredTime.of(submission.preferredTime()).orElseThrow();
    return Map.of(
        "funnel", submission.funnelId(),
        "day", time.day().toString(),
        "begins", time.begins(),
        "ends", time.ends());
  }

  /**
   * The submission with the span in which it is to be called; as it was where there is no such
   * funnel, which is said later.
   *
   * @param span what the statement found; null for an unknown funnel
   * @throws RequestRefusedException when the time has passed, or the business is closed then, with
   *     the next times that can be asked for
   */
  public Submission resolved(Submission submission, Map<String, Object> span) {
    if (span == null) {
      return submission;
    }
    var from = (String) span.get("preferred_from");
    var until = (String) span.get("preferred_until");
    if (from == null || until == null) {
      throw submission.refused(problem((String) span.get("next_times")));
    }
    return submission.toBeCalled(from, until);
  }

  private static Problem problem(String nextTimes) {
    var remedy =
        "Nobody can call at that time."
            + (nextTimes == null
                ? " Give asap."
                : " Give asap, or one of the next times: " + nextTimes + ".");
    return Problem.of(
            422,
            "time-unavailable",
            "Nobody can call at that time",
            "The time has passed, is more than 60 days away, or the business is closed then.")
        .with(List.of(new FieldError("preferredTime", remedy)));
  }
}
