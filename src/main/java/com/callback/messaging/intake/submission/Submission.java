package com.callback.messaging.intake.submission;

import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Map;

/**
 * A callback request that holds against the contract, as it is stored: its JSON is what the accept
 * statement reads. Absent optional values are null.
 *
 * @param id the message's new id, a UUID ordered by time (version 7)
 * @param phoneE164 the phone number with {@code +} and country code, where it could be understood
 *     as one
 * @param metadata compact JSON of an object
 * @param sender where it came from, and how to know it again
 * @param preferredTime when it is to be called, as it was given; null for as soon as possible
 * @param preferredFrom the same as a moment, once it is held against the opening hours
 * @param preferredUntil the end of that span
 * @param spamSignal why a person should look at it before anybody is told; null where nothing
 *     speaks against it
 * @param typed what was in the form of a person's browser, which waits for a page, by field, to
 *     show it again if the request is refused later; null where JSON is wanted
 * @param hasFiles whether files came along, which are not kept
 */
public record Submission(
    String id,
    String funnelId,
    String businessId,
    String contactName,
    String contactPhone,
    String phoneE164,
    String contactEmail,
    String subject,
    String message,
    String priority,
    @JsonRawValue String metadata,
    @JsonUnwrapped Sender sender,
    @JsonIgnore String preferredTime,
    String preferredFrom,
    String preferredUntil,
    String spamSignal,
    @JsonIgnore Map<String, String> typed,
    @JsonIgnore boolean hasFiles) {

  /** The same, with what was found when somebody looked at how it came in. */
  public Submission screened(String found) {
    return new Submission(
        id,
        funnelId,
        businessId,
        contactName,
        contactPhone,
        phoneE164,
        contactEmail,
        subject,
        message,
        priority,
        metadata,
        sender,
        preferredTime,
        preferredFrom,
        preferredUntil,
        found,
        typed,
        hasFiles);
  }

  /** The same, to be called between two moments. */
  Submission toBeCalled(String from, String until) {
    return new Submission(
        id,
        funnelId,
        businessId,
        contactName,
        contactPhone,
        phoneE164,
        contactEmail,
        subject,
        message,
        priority,
        metadata,
        sender,
        preferredTime,
        from,
        until,
        spamSignal,
        typed,
        hasFiles);
  }

  /** The same, sent by a server of the business, which is believed. */
  public Submission from(String business) {
    return new Submission(
        id,
        funnelId,
        business,
        contactName,
        contactPhone,
        phoneE164,
        contactEmail,
        subject,
        message,
        priority,
        metadata,
        sender.trusting(),
        preferredTime,
        preferredFrom,
        preferredUntil,
        spamSignal,
        typed,
        hasFiles);
  }

  /** Whether a person's browser waits for a page instead of JSON. */
  boolean answerWithPage() {
    return typed != null;
  }

  /**
   * The refusal of it: a page with what was typed for a person's browser, the problem for others.
   */
  public RequestRefusedException refused(Problem problem) {
    return answerWithPage()
        ? new FormRefusedException(problem, typed)
        : new RequestRefusedException(problem);
  }

  /** Whether both are about one contact of one funnel, so that the one must see the other. */
  boolean meets(Submission other) {
    return funnelId.equalsIgnoreCase(other.funnelId)
        && (sender.contact().equals(other.sender.contact())
            || sender.key() != null && sender.key().equals(other.sender.key()));
  }
}
