package com.callback.messaging.intake;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.Map;

/**
 * A callback request that holds against the contract, as it is stored: its JSON is what the accept
 * statement reads. Absent optional values are null.
 *
 * @param id the message's new id, a UUID ordered by time (version 7)
 * @param phoneE164 the phone number with {@code +} and country code, where it could be understood
 *     as one
 * @param metadata compact JSON of an object
 * @param answerWithPage whether a person's browser waits for a page instead of JSON
 * @param typed what was in the form, by field, to show it again if the request is refused later
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
    @JsonIgnore boolean answerWithPage,
    @JsonIgnore Map<String, String> typed) {}
