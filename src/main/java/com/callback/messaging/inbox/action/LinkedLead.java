package com.callback.messaging.inbox.action;

import com.callback.messaging.delivery.action.ActionLink;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * The lead behind a link, and who was sent the link.
 *
 * @param lead as {@code load-action-link.sql} gives it
 */
public record LinkedLead(ActionLink link, JsonNode lead, Recipient recipient) {

  String text(String field) {
    return lead.path(field).textValue();
  }

  /** The id that events of the recipient bear. */
  String recipientId() {
    return recipient.caller(Recipient.LINK).id().toString();
  }
}
