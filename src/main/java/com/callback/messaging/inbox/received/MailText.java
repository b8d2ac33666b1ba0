package com.callback.messaging.inbox.received;

import com.callback.messaging.inbox.received.ReceivedMail.Attachment;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a mail says, and what is attached to it (RFC 2046). Of alternatives the plain text is read;
 * HTML is read where there is nothing else. Attachments are not opened.
 */
final class MailText {

  /** People's mails have few of either: the rest is made to keep a reader busy. */
  private static final int MOST_PARTS = 200;

  private static final int DEEPEST = 10;

  /** Bytes of one text. */
  private static final int MOST_BYTES = 1_048_576;

  private final List<Attachment> attachments = new ArrayList<>();
  private int parts;

  private MailText() {}

  /** A text, and what came with it. */
  record Read(String text, List<Attachment> attachments) {}

  /** Reads a mail; of one that is none nothing is left. */
  static Read of(Part mail) {
    var reading = new MailText();
    return new Read(reading.text(mail, 0), List.copyOf(reading.attachments));
  }

  private String text(Part part, int depth) {
    if (++parts > MOST_PARTS || depth > DEEPEST) {
      return "";
    }
    try {
      if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart several) {
        return part.isMimeType("multipart/alternative")
            ? best(several, depth)
            : joined(several, depth);
      }
      if (isAttachment(part)) {
        attach(part);
        return "";
      }
      var bytes = part.getInputStream().readNBytes(MOST_BYTES);
      var text = MailCharset.decoded(bytes, charset(part));
      return part.isMimeType("text/html") ? HtmlText.of(text) : text;
    } catch (IOException | MessagingException e) {
      // One part that cannot be read does not take the others with it.
      return "";
    }
  }

  private String joined(Multipart several, int depth) throws MessagingException {
    var texts = new ArrayList<String>();
    for (var i = 0; i < several.getCount(); i++) {
      texts.add(text(several.getBodyPart(i), depth + 1));
    }
    return texts.stream().filter(text -> !text.isBlank()).collect(Collectors.joining("\n"));
  }

  /** The same text several times: plain before any other. */
  private String best(Multipart several, int depth) throws MessagingException {
    String plain = "";
    String other = "";
    for (var i = 0; i < several.getCount(); i++) {
      var part = several.getBodyPart(i);
      var text = text(part, depth + 1);
      if (part.isMimeType("text/plain") && plain.isBlank()) {
        plain = text;
      } else if (other.isBlank()) {
        other = text;
      }
    }
    return plain.isBlank() ? other : plain;
  }

  private static boolean isAttachment(Part part) throws MessagingException {
    return Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())
        || part.getFileName() != null
        || !part.isMimeType("text/plain") && !part.isMimeType("text/html");
  }

  /** Pictures that stand in the HTML, such as a logo, are no files that anybody sent. */
  private void attach(Part part) throws MessagingException, IOException {
    var isInTheText =
        part.getHeader("Content-ID") != null
            && !Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition());
    if (!isInTheText) {
      var name = part.getFileName();
      attachments.add(
          new Attachment(
              name == null ? "" : MimeUtility.decodeText(name),
              type(part),
              part.getSize() < 0 ? null : part.getSize()));
    }
  }

  private static String type(Part part) throws MessagingException {
    var type = part.getContentType();
    return type == null ? "" : type.split(";", 2)[0];
  }

  private static String charset(Part part) throws MessagingException {
    var type = part.getContentType();
    return type == null ? null : new ContentType(type).getParameter("charset");
  }
}
