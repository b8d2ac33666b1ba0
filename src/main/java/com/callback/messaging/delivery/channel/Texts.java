package com.callback.messaging.delivery.channel;

import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.delivery.engine.NeverDeliverableException;
import com.callback.messaging.delivery.engine.RefusedBySettingsException;
import com.callback.messaging.platform.template.Templates;
import java.io.UncheckedIOException;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Writes the plain text of a delivery from {@code config/templates/<channel>/<cause>.mustache}. */
@Component
public class Texts {

  private final Templates templates;
  private final LeadModel leads;
  private final TestModel tests;

  Texts(Templates templates, LeadModel leads, TestModel tests) {
    this.templates = templates;
    this.leads = leads;
    this.tests = tests;
  }

  /**
   * The text about a lead, or of a test. Nothing in it is escaped. It ends in a line break, as the
   * file does: Camel takes the quotes off an argument that begins and ends with one.
   */
  public String of(Delivery delivery) {
    delivery.requireUnsuppressed();
    var template = delivery.channel() + "/" + delivery.cause();
    try {
      return templates.fill(template, model(delivery)).strip() + "\n";
    } catch (UncheckedIOException e) {
      throw new RefusedBySettingsException(
          "There is no text for it: the operator has to add config/templates/%s.mustache."
              .formatted(template));
    }
  }

  private Map<String, Object> model(Delivery delivery) {
    return switch (delivery.cause()) {
      case "lead" -> leads.of(delivery);
      case "test" -> tests.of(delivery);
      default ->
          throw new NeverDeliverableException(
              "This channel sends leads and tests only, not a %s.".formatted(delivery.cause()));
    };
  }
}
