package com.callback.messaging.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Takes a caught mail apart: subject, text, HTML, headers as a reader's program would show them.
 */
@Component
public class CaughtMail {

  private final ObjectMapper json;

  CaughtMail(ObjectMapper json) {
    this.json = json;
  }

  /** The mail as the sandbox keeps it. */
  public CaughtMessage of(List<String> recipients, byte[] raw)
      throws MessagingException, IOException {
    var mail = new MimeMessage(null, new ByteArrayInputStream(raw));
    return new CaughtMessage(
        "email",
        String.join(", ", recipients),
        mail.getSubject(),
        withUnixLines(part(mail, "text/plain")),
        part(mail, "text/html"),
        headers(mail));
  }

  private static String part(Part part, String type) throws MessagingException, IOException {
    if (part.isMimeType(type)) {
      return part.getContent().toString();
    }
    if (part.getContent() instanceof Multipart parts) {
      for (int i = 0; i < parts.getCount(); i++) {
        BodyPart inner = parts.getBodyPart(i);
        var found = part(inner, type);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static String withUnixLines(String text) {
    return text == null ? "" : text.replace("\r\n", "\n");
  }

  private String headers(MimeMessage mail)
      throws MessagingException, JsonProcessingException, IOException {
    var headers = new LinkedHashMap<String, String>();
    for (var header : Collections.list(mail.getAllHeaders())) {
      headers.put(header.getName(), MimeUtility.decodeText(MimeUtility.unfold(header.getValue())));
    }
    return json.writeValueAsString(headers);
  }
}
