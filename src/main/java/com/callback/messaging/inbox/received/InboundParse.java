package com.callback.messaging.inbox.received;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.callback.messaging.inbox.received.ReceivedMail.Attachment;
import com.callback.messaging.inbox.received.ReceivedMail.Envelope;
import com.callback.messaging.platform.http.BodyAllowance;
import com.callback.messaging.platform.http.BodyLimit;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.ContentDisposition;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Reads what SendGrid Inbound Parse posts: a form with the parts of a mail, or with the whole mail
 * in the field {@code email} where the setting "Send Raw" is on. Whoever posts must know the secret
 * of the path.
 */
@Component
public class InboundParse implements BodyAllowance {

  private static final Problem NOT_HERE =
      Problem.of(404, "not-found", "Not found", "There is nothing at this address. Check it.");

  private static final String PATH = "/api/inbound/sendgrid/";

  /** A mail has about a dozen, and one for each attachment. */
  private static final int MOST_FIELDS = 200;

  private final InboundSettings settings;
  private final MailReader reader;
  private final ObjectMapper json;

  InboundParse(InboundSettings settings, MailReader reader, ObjectMapper json) {
    this.settings = settings;
    this.reader = reader;
    this.json = json;
  }

  @Override
  public int bytes(HttpServletRequest request) {
    var path = request.getRequestURI();
    return path.startsWith(PATH) && isSecret(path.substring(PATH.length()))
        ? settings.mostBytes()
        : 0;
  }

  private boolean isSecret(String given) {
    var secret = settings.parseSecret();
    return !secret.isEmpty()
        && MessageDigest.isEqual(secret.getBytes(UTF_8), given.getBytes(UTF_8));
  }

  /**
   * The mail in a request, or why it is left out.
   *
   * @throws RequestRefusedException 404 without the secret
   */
  public Object read(String secret, HttpServletRequest request) {
    if (!isSecret(secret)) {
      throw new RequestRefusedException(NOT_HERE);
    }
    try {
      return mail(fields(request));
    } catch (MessagingException | IOException e) {
      return Refusal.UNREADABLE;
    }
  }

  private ReceivedMail mail(Map<String, byte[]> fields) throws MessagingException {
    var envelope = envelope(tree(fields, "envelope"));
    var whole = fields.get("email");
    var mail =
        whole != null
            ? reader.read(whole, envelope)
            : reader.read(
                MailHead.of(fields.getOrDefault("headers", new byte[0])),
                envelope,
                text(fields),
                attachments(fields));
    return mail.scored(score(fields));
  }

  private static Envelope envelope(JsonNode given) {
    var recipients = new ArrayList<String>();
    given.path("to").forEach(each -> MailHead.parsed(each.asText()).forEach(recipients::add));
    return new Envelope(recipients, !given.path("from").asText("unknown").isBlank());
  }

  private String text(Map<String, byte[]> fields) {
    var charsets = tree(fields, "charsets");
    var plain = decoded("text", fields, charsets);
    return plain.isBlank() ? HtmlText.of(decoded("html", fields, charsets)) : plain;
  }

  private static String decoded(String name, Map<String, byte[]> fields, JsonNode charsets) {
    return MailCharset.decoded(
        fields.getOrDefault(name, new byte[0]), charsets.path(name).textValue());
  }

  /** Their contents were left out while the request was read. */
  private List<Attachment> attachments(Map<String, byte[]> fields) {
    var attachments = new ArrayList<Attachment>();
    tree(fields, "attachment-info")
        .forEach(
            each ->
                attachments.add(
                    new Attachment(
                        each.path("filename").asText(each.path("name").asText("")),
                        each.path("type").asText(""),
                        null)));
    return attachments;
  }

  private static double score(Map<String, byte[]> fields) {
    try {
      return Double.parseDouble(new String(fields.getOrDefault("spam_score", new byte[0]), UTF_8));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** A field that is JSON; nothing where it is missing or none. */
  private JsonNode tree(Map<String, byte[]> fields, String name) {
    try {
      return json.readTree(fields.getOrDefault(name, new byte[0]));
    } catch (JsonProcessingException e) {
      return json.missingNode();
    } catch (IOException e) {
      throw new IllegalStateException("Bytes are read without a failure", e);
    }
  }

  private static Map<String, byte[]> fields(HttpServletRequest request)
      throws MessagingException, IOException {
    var form =
        new MimeMultipart(
            new ByteArrayDataSource(BodyLimit.bodyOf(request), request.getContentType()));
    var fields = new HashMap<String, byte[]>();
    for (var i = 0; i < Math.min(form.getCount(), MOST_FIELDS); i++) {
      var part = form.getBodyPart(i);
      var disposition = part.getHeader("Content-Disposition");
      if (disposition != null) {
        var name = new ContentDisposition(disposition[0]).getParameter("name");
        fields.putIfAbsent(name, part.getInputStream().readAllBytes());
      }
    }
    return fields;
  }
}
