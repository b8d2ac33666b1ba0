package com.callback.messaging.support;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A mail as SendGrid Inbound Parse posts it. */
final class InboundMail {

  private static final ObjectMapper JSON = new ObjectMapper();

  private InboundMail() {}

  /** What the recipient of a mail answers, as a mail program writes it. */
  static Map<String, String> answer(FakeSendGrid.Sent mail, String text) {
    var request = mail.request();
    var addresses = request.path("reply_to_list");
    var to = addresses.path(addresses.size() - 1).path("email").asText();
    var quoted = request.at("/content/0/value").asText().strip().replaceAll("(?m)^", "> ");
    var fields = new LinkedHashMap<String, String>();
    fields.put(
        "headers",
        """
        From: %s
        To: %s
        Subject: %s
        Message-ID: <%s@mail.example.com>
        In-Reply-To: %s
        """
            .formatted(
                mail.recipient(),
                to,
                request.path("subject").asText().replaceFirst("^(Re: )?", "Re: "),
                UUID.randomUUID(),
                request.at("/headers/Message-ID").asText()));
    fields.put(
        "text", text + "\n\nOn Tue, 1 Dec 2026 at 09:00, <" + to + "> wrote:\n" + quoted + "\n");
    fields.put("charsets", "{\"text\":\"UTF-8\"}");
    fields.put(
        "envelope",
        JSON.valueToTree(Map.of("to", List.of(to), "from", mail.recipient())).toString());
    return fields;
  }
}
