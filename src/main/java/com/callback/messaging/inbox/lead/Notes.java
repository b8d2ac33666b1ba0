package com.callback.messaging.inbox.lead;

import com.callback.messaging.operation.api.Results;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.RequestRefusedException;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Reads what the statements gave that keep notes. */
@Component("notes")
public class Notes {

  private static final Problem HELD =
      Problem.of(
          409,
          "message-held",
          "The lead is quarantined",
          "It is quarantined as possible spam. Release or discard it first.");

  private static final Problem OF_OTHERS =
      Problem.of(
          403,
          "note-of-others",
          "This is somebody else's note",
          "Only its author or an owner can delete a note. Ask one of them.");

  Notes() {}

  /**
   * Goes on where there is such a lead.
   *
   * @param row null where there is none
   */
  public void requireLead(Object row) {
    Results.requireRow(row);
  }

  /**
   * The note that was written, as JSON.
   *
   * @param row of {@code add-note.sql}; null where there is no such lead
   * @throws RequestRefusedException 409 when the lead is held
   */
  public String written(Map<String, Object> row) {
    return Results.require(Results.requireRow(row).get("note"), HELD);
  }

  /**
   * Goes on where the note is gone.
   *
   * @param isDeleted whether it was for the caller to delete; null where there was none
   * @throws RequestRefusedException 403 when it is somebody else's
   */
  public void requireDeleted(Boolean isDeleted) {
    if (!Results.requireRow(isDeleted)) {
      throw new RequestRefusedException(OF_OTHERS);
    }
  }
}
