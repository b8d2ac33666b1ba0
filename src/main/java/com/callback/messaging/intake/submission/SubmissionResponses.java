package com.callback.messaging.intake.submission;

import com.callback.messaging.operation.idempotency.KeyConflict;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problem.FieldError;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Answers a submission whose lead is stored, and refuses one for a funnel that does not exist. */
@Component
public class SubmissionResponses {

  private static final Problem UNKNOWN =
      Problem.of(
          404,
          "unknown-funnel",
          "Unknown funnel",
          "There is no open funnel with this id. Copy funnelId from the funnel's settings.");

  /** By what the accept statement says of a request that it did not take. */
  private static final Map<String, Problem> REFUSALS =
      Map.of(
          "foreign origin",
          Problem.of(
                  403,
                  "foreign-origin",
                  "This page may not send to this funnel",
                  "Add the origin of the page to the allowed origins of the funnel.")
              .with(
                  List.of(
                      new FieldError(
                          "Origin",
                          "Add the origin of the page to the allowed origins of the funnel."))),
          "running",
          KeyConflict.RUNNING,
          "other body",
          KeyConflict.OTHER_BODY);

  private final ObjectWriter json;

  SubmissionResponses(ObjectMapper json) {
    this.json = json.writerFor(Body.class);
  }

  private record Body(String id, String status, String createdAt) {}

  /**
   * The response to a submission that is stored, now or by an earlier request like it.
   *
   * @throws RequestRefusedException when there is no open funnel with its id, or it may not come in
   * @throws RuntimeException when it could not be stored
   */
  public SubmissionResponse of(Ticket ticket) throws JsonProcessingException {
    var submission = ticket.submission();
    var row = ticket.row();
    if (row == null) {
      throw submission.refused(UNKNOWN.with(List.of(new FieldError("funnelId", UNKNOWN.detail()))));
    }
    var refusal = REFUSALS.get(row.get("outcome"));
    if (refusal != null) {
      throw submission.refused(refusal);
    }
    var id = (String) row.get("message_id");
    var body = json.writeValueAsBytes(new Body(id, "unread", (String) row.get("created_at")));
    var replayed = "replayed".equals(row.get("outcome"));
    return submission.answerWithPage()
        ? new SubmissionResponse(303, thanks(submission, id), replayed, body)
        : new SubmissionResponse(202, "/api/messages/" + id, replayed, body);
  }

  /** Sets the headers of a response. */
  public void putHeaders(SubmissionResponse response, Map<String, Object> headers) {
    headers.put("CamelHttpResponseCode", response.status());
    headers.put("Location", response.location());
    headers.put("Content-Type", "application/json");
    if (response.replayed()) {
      headers.put("Idempotency-Replayed", "true");
    }
  }

  private static String thanks(Submission submission, String id) {
    return "/f/%s/thanks?ref=%s%s"
        .formatted(
            submission.funnelId(),
            Reference.of(UUID.fromString(id)),
            submission.hasFiles() ? "&files=left-out" : "");
  }
}
