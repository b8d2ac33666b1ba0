package com.callback.messaging.inbox.lead;

import com.callback.messaging.platform.http.Problem;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why a lead was left as it is.
 *
 * @param kind names the reason for machines, as the last part of a problem's type
 * @param detail says to people why, and what to do instead
 * @param more what else a machine may want to know of it, by name
 */
record Refusal(String kind, String title, String detail, Map<String, Object> more) {

  private static final Refusal HELD =
      because(
          "message-held",
          "The lead is quarantined",
          "It is quarantined as possible spam. Release or discard it first.");
  private static final Refusal DISCARDED =
      because(
          "message-discarded",
          "The lead was discarded",
          "A discarded lead stays archived. Its name and number are still stored.");
  private static final Refusal NOT_HELD =
      because(
          "message-not-held",
          "The lead is not quarantined",
          "Only a quarantined lead can be discarded. Archive this one instead.");
  private static final Refusal ARCHIVED =
      because("message-archived", "The lead is archived", "Unarchive it first.");
  private static final Refusal TAKEN_ON =
      because(
          "message-taken-on",
          "The lead is already acknowledged",
          "An acknowledged or responded lead cannot become unread. Record the call outcome no_answer, or archive it.");
  private static final Refusal TOO_MANY_TAGS =
      because("too-many-tags", "Too many tags", "A lead can have 20 tags. Remove some first.");

  /**
   * Why this lead was not changed; null where it was as it should be already.
   *
   * @param move what was to be done, or null
   * @param lead as {@code change-leads.sql} and its like tell of it
   * @param caller the id of whoever wanted it
   */
  static Refusal of(String move, JsonNode lead, String caller) {
    var was = lead.path("was").asText();
    if ("release".equals(move)) {
      return lead.path("held").asBoolean() ? DISCARDED : null;
    }
    if ("discard".equals(move)) {
      return lead.path("held").asBoolean() ? null : NOT_HELD;
    }
    if (lead.path("held").asBoolean()) {
      return was.equals("archived") ? DISCARDED : HELD;
    }
    if (lead.path("tooManyTags").asBoolean()) {
      return TOO_MANY_TAGS;
    }
    if (lead.path("becomes").isNull()) {
      return was.equals("archived") ? ARCHIVED : TAKEN_ON;
    }
    var isTaken = was.equals("acknowledged") || was.equals("responded");
    if ("acknowledge".equals(move)
        && isTaken
        && !caller.equals(of(lead, "byId", "acknowledgedById"))) {
      return acknowledged(lead);
    }
    return null;
  }

  /** The problem that this is for whoever wanted to change one lead. */
  Problem problem() {
    return Problem.of(409, kind, title, detail).saying(more);
  }

  private static Refusal because(String kind, String title, String detail) {
    return new Refusal(kind, title, detail, Map.of());
  }

  /** What the event says of whoever was first, or else the lead itself. */
  private static String of(JsonNode lead, String inEvent, String inLead) {
    return lead.at("/first/" + inEvent).asText(lead.path(inLead).asText(null));
  }

  private static Refusal acknowledged(JsonNode lead) {
    var name = of(lead, "by", "acknowledgedBy");
    var who = name == null ? "Somebody" : name;
    var at = lead.path("acknowledgedAt").asText(null);
    var more = new LinkedHashMap<String, Object>();
    more.put("acknowledgedBy", who);
    if (at != null) {
      more.put("acknowledgedAt", at);
    }
    return new Refusal(
        "already-acknowledged",
        "Somebody else has acknowledged the lead",
        "%s acknowledged it%s. Leave it to them, or ask them to reassign it."
            .formatted(who, at == null ? "" : " at " + at),
        more);
  }
}
