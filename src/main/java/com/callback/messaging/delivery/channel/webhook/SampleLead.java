package com.callback.messaging.delivery.channel.webhook;

import com.callback.messaging.intake.submission.Reference;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The made-up lead of a test, with the fields of a real one. Its ids belong to nothing; its number
 * and address are of those that are kept for fiction.
 */
final class SampleLead {

  private static final UUID LEAD = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final UUID FUNNEL = UUID.fromString("00000000-0000-4000-8000-000000000002");

  private SampleLead() {}

  static Map<String, Object> data(UUID business, Instant at) {
    var data = new LinkedHashMap<String, Object>();
    data.put("id", LEAD);
    data.put("reference", Reference.of(LEAD));
    data.put("funnelId", FUNNEL);
    data.put("businessId", business);
    data.put("type", "callback_request");
    data.put("contactName", "Ada Lovelace");
    data.put("contactPhone", "+61 491 570 006");
    data.put("contactPhoneE164", "+61491570006");
    data.put("contactEmail", "ada@example.com");
    data.put("subject", "A test");
    data.put("message", "This is a sample lead for a test of this webhook.");
    data.put("priority", "medium");
    data.put("metadata", Map.of());
    data.put("createdAt", at.toString());
    return data;
  }
}
