package com.callback.messaging.delivery.channel;

import com.callback.messaging.delivery.engine.Channels;
import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.delivery.engine.Markup;
import com.callback.messaging.delivery.engine.NeverDeliverableException;
import com.callback.messaging.delivery.engine.RefusedBySettingsException;
import com.callback.messaging.delivery.engine.TextFormat;
import com.callback.messaging.platform.template.Templates;
import com.samskivert.mustache.Mustache.Escaper;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Writes the text of a delivery from {@code config/templates/<channel>/<cause>.mustache}, as the
 * part {@code text} of the channel's block says: escaped for the provider, and as long as it takes.
 */
@Component
public class Texts {

  private static final Map<Markup, Escaper> ESCAPERS = escapers();

  private final Templates templates;
  private final LeadModel leads;
  private final NotificationModel notifications;
  private final TestModel tests;
  private final SummaryModel summaries;
  private final Channels channels;

  Texts(
      Templates templates,
      LeadModel leads,
      NotificationModel notifications,
      TestModel tests,
      SummaryModel summaries,
      Channels channels) {
    this.templates = templates;
    this.leads = leads;
    this.notifications = notifications;
    this.tests = tests;
    this.summaries = summaries;
    this.channels = channels;
  }

  /**
   * The text about a lead, or of a test. It ends in a line break, as the file does: Camel takes the
   * quotes off an argument that begins and ends with one.
   */
  public String of(Delivery delivery) {
    delivery.requireUnsuppressed();
    return of(delivery, model(delivery)) + "\n";
  }

  /** The same of a model, without a line break at its end. */
  String of(Delivery delivery, Map<String, Object> model) {
    var template = delivery.channel() + "/" + delivery.cause();
    var format = channels.of(delivery.channel()).text();
    try {
      var text =
          ShortenedModel.fitting(model, format::fits, each -> filled(template, format, each));
      return beginning(text, format);
    } catch (UncheckedIOException e) {
      throw new RefusedBySettingsException(
          "There is no text for it: the operator has to add config/templates/%s.mustache."
              .formatted(template));
    }
  }

  /** What templates name, of a lead, a notification, a summary or a test. */
  Map<String, Object> model(Delivery delivery) {
    return switch (delivery.cause()) {
      case "lead" -> leads.of(delivery);
      case "notification" -> notifications.of(delivery);
      case "test" -> tests.of(delivery);
      case "summary" -> summaries.of(delivery);
      default ->
          throw new NeverDeliverableException(
              "This channel sends leads, notifications, summaries and tests only, not a %s."
                  .formatted(delivery.cause()));
    };
  }

  private String filled(String template, TextFormat format, Map<String, Object> model) {
    return format.laidOut(templates.fill(template, model, ESCAPERS.get(format.markup())));
  }

  /** The last resort, where the text without what people typed is too long. */
  private static String beginning(String text, TextFormat format) {
    var beginning = text;
    for (var cuts = Graphemes.cuts(text); !format.fits(beginning) && cuts.size() > 1; ) {
      cuts.remove(cuts.size() - 1);
      beginning = text.substring(0, cuts.get(cuts.size() - 1));
    }
    return beginning;
  }

  /** One of each, for {@link Templates} compiles a text once for each. */
  private static Map<Markup, Escaper> escapers() {
    var escapers = new EnumMap<Markup, Escaper>(Markup.class);
    Arrays.stream(Markup.values()).forEach(markup -> escapers.put(markup, markup::escaped));
    return escapers;
  }
}
