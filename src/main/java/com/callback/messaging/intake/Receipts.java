package com.callback.messaging.intake;

import com.callback.messaging.http.Problem;
import com.callback.messaging.http.Problem.FieldError;
import com.callback.messaging.http.RequestRefusedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Answers a request whose message was stored, and refuses one whose funnel there is not. */
@Component
public class Receipts {

  private static final Problem UNKNOWN =
      Problem.of(
          404,
          "unknown-funnel",
          "Unknown funnel",
          "There is no open funnel with this id. Copy funnelId from the funnel's settings.");

  Receipts() {}

  /**
   * The receipt for a submission.
   *
   * @param stored what the accept statement gave: one row, or none when there is no such open
   *     funnel
   */
  public Receipt of(Submission submission, List<Map<String, Object>> stored) {
    if (stored.isEmpty()) {
      throw refused(submission);
    }
    var row = stored.get(0);
    var body = new LinkedHashMap<String, String>();
    body.put("id", submission.id());
    body.put("status", "unread");
    body.put("createdAt", (String) row.get("created_at"));
    var channels = (String) row.get("channels");
    return submission.answerWithPage()
        ? new Receipt(303, thanks(submission), body, channels)
        : new Receipt(202, "/api/messages/" + submission.id(), body, channels);
  }

  private static RequestRefusedException refused(Submission submission) {
    var problem = UNKNOWN.with(List.of(new FieldError("funnelId", UNKNOWN.detail())));
    return submission.answerWithPage()
        ? new FormRefusedException(problem, submission.typed())
        : new RequestRefusedException(problem);
  }

  private static String thanks(Submission submission) {
    return "/f/%s/thanks?ref=%s"
        .formatted(submission.funnelId(), Reference.of(UUID.fromString(submission.id())));
  }
}
