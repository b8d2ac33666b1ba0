package com.callback.messaging.intake;

import com.callback.messaging.http.Problem;
import com.callback.messaging.http.Problem.FieldError;
import com.callback.messaging.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.util.List;
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

  private final ObjectWriter json;

  Receipts(ObjectMapper json) {
    this.json = json.writerFor(Body.class);
  }

  private record Body(String id, String status, String createdAt) {}

  /**
   * The receipt for a submission that was stored.
   *
   * @throws RequestRefusedException when there is no open funnel with its id
   * @throws RuntimeException when it could not be stored
   */
  public Receipt of(Ticket ticket) throws JsonProcessingException {
    var submission = ticket.submission();
    var row = ticket.row();
    if (row == null) {
      throw refused(submission);
    }
    var body =
        json.writeValueAsBytes(new Body(submission.id(), "unread", (String) row.get("created_at")));
    return submission.answerWithPage()
        ? new Receipt(303, thanks(submission), body)
        : new Receipt(202, "/api/messages/" + submission.id(), body);
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
