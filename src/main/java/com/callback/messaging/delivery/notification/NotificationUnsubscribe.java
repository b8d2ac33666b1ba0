package com.callback.messaging.delivery.notification;

import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.platform.http.Page;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.callback.messaging.platform.secrets.Seal;
import com.callback.messaging.platform.template.Templates;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The link by which a member ends one kind of mail to themselves (RFC 8058): it names the event,
 * the business and the member, with the service's signature. A look at it changes nothing, because
 * scanners of mails follow links; a POST ends the mails, however often it comes. Escalations and
 * overdue leads have no such link: somebody waits.
 */
@Component
public class NotificationUnsubscribe {

  private static final String PURPOSE = "unsubscribe notification";
  private static final String ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  /** The events whose mails can be ended, and how the page names these mails. */
  private static final Map<String, String> OPTIONAL =
      Map.of(
          "new_lead", "of new leads",
          "assigned", "of leads that are assigned to you",
          "reminder", "that remind you of a lead",
          "summary", "of leads that came in while you were closed",
          "mentioned", "of notes that mention you");

  private static final Pattern TOKEN =
      Pattern.compile("([a-z_]+)\\.(%s)\\.(%s)\\.([A-Za-z0-9_-]{43})".formatted(ID, ID));

  private static final Problem UNKNOWN =
      Problem.of(
          404,
          "unknown-link",
          "This link is not valid",
          "Open the link of the newest notification, or change your notifications in the settings of the inbox.");

  private final Seal seal;
  private final Templates templates;
  private final String publicUrl;

  NotificationUnsubscribe(
      Seal seal, Templates templates, @Value("${messaging.public-url}") String publicUrl) {
    this.seal = seal;
    this.templates = templates;
    this.publicUrl = publicUrl.replaceAll("/+$", "");
  }

  /** The link in a notification; null for an event whose mails cannot be ended. */
  public String link(Delivery notification) {
    var event = notification.payload().path("event").asText();
    if (!OPTIONAL.containsKey(event)) {
      return null;
    }
    var subject =
        "%s.%s.%s"
            .formatted(
                event, notification.businessId(), notification.payload().path("member").asText());
    return "%s/unsubscribe/notifications/%s.%s"
        .formatted(publicUrl, subject, seal.sign(PURPOSE, subject));
  }

  /**
   * What a link ends, as the parameters of {@code end-notification.sql}.
   *
   * @param token the last part of the link
   * @throws RequestRefusedException 404 for one that was not made here
   */
  public Map<String, Object> row(String token) {
    var parts = read(token);
    return Map.of("event", parts.group(1), "business", parts.group(2), "member", parts.group(3));
  }

  /** The page with the button. */
  public Page page(String token) {
    return filled(read(token), false);
  }

  /** The page after it was pressed. */
  public Page done(String token) {
    return filled(read(token), true);
  }

  private MatchResult read(String token) {
    var parts = TOKEN.matcher(token);
    if (!parts.matches()
        || !OPTIONAL.containsKey(parts.group(1))
        || !seal.matches(
            PURPOSE,
            parts.group(1) + "." + parts.group(2) + "." + parts.group(3),
            parts.group(4))) {
      throw new RequestRefusedException(UNKNOWN);
    }
    return parts.toMatchResult();
  }

  private Page filled(MatchResult parts, boolean isDone) {
    var model = new HashMap<String, Object>();
    model.put("lang", "en");
    model.put("mails", OPTIONAL.get(parts.group(1)));
    model.put("done", isDone);
    return new Page(200, templates.fill("pages/unsubscribe-notification", model));
  }
}
