package com.callback.messaging.delivery.channel.email;

import com.callback.messaging.delivery.channel.LeadModel;
import com.callback.messaging.delivery.channel.NotificationModel;
import com.callback.messaging.delivery.channel.ReceiptModel;
import com.callback.messaging.delivery.channel.ShortenedModel;
import com.callback.messaging.delivery.channel.SummaryModel;
import com.callback.messaging.delivery.channel.TestModel;
import com.callback.messaging.delivery.digest.DigestModel;
import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.delivery.engine.NeverDeliverableException;
import com.callback.messaging.platform.template.Templates;
import jakarta.mail.internet.InternetAddress;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Writes the mail of a delivery from the templates of its cause, {@code config/templates/email/}.
 */
@Component
public class MailWriter {

  private final Templates templates;
  private final LeadModel leads;
  private final NotificationModel notifications;
  private final DigestModel digests;
  private final NoticeModel notices;
  private final TestModel tests;
  private final ReceiptModel receipts;
  private final SummaryModel summaries;
  private final MailHeaders headers;
  private final MailIdentity identity;
  private final ReplyAddresses conversations;

  MailWriter(
      Templates templates,
      LeadModel leads,
      NotificationModel notifications,
      DigestModel digests,
      NoticeModel notices,
      TestModel tests,
      ReceiptModel receipts,
      SummaryModel summaries,
      MailHeaders headers,
      MailIdentity identity,
      ReplyAddresses conversations) {
    this.templates = templates;
    this.leads = leads;
    this.notifications = notifications;
    this.digests = digests;
    this.notices = notices;
    this.tests = tests;
    this.receipts = receipts;
    this.summaries = summaries;
    this.headers = headers;
    this.identity = identity;
    this.conversations = conversations;
  }

  /** The mail; fails for good when the business has no address, or a suppressed one. */
  public Mail write(Delivery delivery) {
    if (delivery.recipient() == null || delivery.recipient().isBlank()) {
      throw new NeverDeliverableException(
          "The business's e-mail channel has no address: set \"to\" in its configuration.");
    }
    delivery.requireUnsuppressed();
    return switch (delivery.cause()) {
      case "digest" -> mail(delivery, digests.templateOf(delivery), digests.of(delivery), null);
      case "account" -> mail(delivery, notices.templateOf(delivery), notices.of(delivery), null);
      case "notification" -> aboutLead(delivery, "notification", notifications.of(delivery));
      case "reply" -> reply(delivery);
      case "receipt" ->
          mail(delivery, "receipt", receipts.of(delivery), null).in(conversation(delivery));
      case "test" -> mail(delivery, "test", tests.of(delivery), null);
      case "summary" -> mail(delivery, "summary", summaries.of(delivery), null);
      default -> aboutLead(delivery, "lead", leads.of(delivery));
    };
  }

  private Mail aboutLead(Delivery delivery, String template, Map<String, Object> model) {
    var replyTo = replyTo(delivery);
    model.put("canReply", replyTo != null);
    // Only beside the lead's own address: what a business writes there reaches nobody else.
    return mail(delivery, template, model, replyTo)
        .in(replyTo == null ? null : conversation(delivery));
  }

  private Mail mail(
      Delivery delivery, String template, Map<String, Object> model, InternetAddress replyTo) {
    var path = "email/" + template;
    return new Mail(
        sender(delivery),
        recipient(delivery),
        replyTo,
        subject(path + ".subject", model),
        identity.messageId(delivery.id()),
        null,
        null,
        (String) model.get("unsubscribeLink"),
        false,
        templates.fill(path + ".text", model),
        templates.fill(path + ".html", model));
  }

  /** Its end tells leads apart, or a mail program makes one conversation of two of them. */
  private String subject(String template, Map<String, Object> model) {
    return headers.subject(
        ShortenedModel.fitting(
            model, headers::fitsSubject, each -> templates.fill(template, each)));
  }

  /** What a person said to a lead, as it was written down when they said it. */
  private Mail reply(Delivery delivery) {
    var said = delivery.payload();
    var text = said.path("text").asText();
    var model = Map.of("text", text, "lines", text.lines().toList());
    return new Mail(
        sender(delivery),
        recipient(delivery),
        headers.parsed(said.path("replyTo").textValue()),
        conversation(delivery),
        headers.subject(said.path("subject").asText()),
        said.path("messageId").asText(),
        said.path("inReplyTo").textValue(),
        headers.references(said.path("references")),
        null,
        true,
        templates.fill("email/reply.text", model),
        templates.fill("email/reply.html", model));
  }

  /** Null where no address for received mails is configured. */
  private InternetAddress conversation(Delivery delivery) {
    return conversations.of(UUID.fromString(delivery.message().get("id").asText()));
  }

  private InternetAddress recipient(Delivery delivery) {
    try {
      return headers.address(null, delivery.recipient());
    } catch (IllegalArgumentException e) {
      throw new NeverDeliverableException(
          "The address of the business's e-mail channel cannot be used. " + e.getMessage());
    }
  }

  /** Mails come from the service's own address, under the business's name where it has one. */
  private InternetAddress sender(Delivery delivery) {
    return headers.address(delivery.business().path("name").textValue(), identity.sender());
  }

  private InternetAddress replyTo(Delivery delivery) {
    var lead = delivery.message();
    if (!lead.path("contact_email").isTextual()) {
      return null;
    }
    try {
      return headers.address(
          lead.path("contact_name").textValue(), lead.path("contact_email").textValue());
    } catch (IllegalArgumentException e) {
      // An address that mail cannot carry still stands in the text; the lead must not be lost over
      // it.
      return null;
    }
  }
}
