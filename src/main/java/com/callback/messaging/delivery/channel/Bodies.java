package com.callback.messaging.delivery.channel;

import com.callback.messaging.delivery.engine.Channels;
import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.delivery.engine.RefusedBySettingsException;
import com.callback.messaging.platform.template.Templates;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Writes the JSON of a delivery from {@code config/templates/<channel>/body.json.mustache}, in
 * which each value is escaped for a string of JSON. Besides the names of {@link LeadModel}, {@link
 * SummaryModel} or {@link TestModel} the template has {@code text}, as {@link Texts} writes it, and
 * its {@code lines} without blank ones; {@code recipient}; {@code id}, the same at each attempt;
 * {@code cause}; {@code businessId}; {@code leadId}, {@code funnelId} and {@code createdAt}, of a
 * lead; and {@code values}, the operator's own.
 */
@Component
public class Bodies {

  private static final String FILE = "/body.json";

  private final ObjectReader strict =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build()
          .reader();
  private final Templates templates;
  private final Texts texts;
  private final Recipients recipients;
  private final Channels channels;

  Bodies(Templates templates, Texts texts, Recipients recipients, Channels channels) {
    this.templates = templates;
    this.texts = texts;
    this.recipients = recipients;
    this.channels = channels;
  }

  /** The body as bytes of UTF-8, for a request. */
  public byte[] of(Delivery delivery) {
    return text(delivery).getBytes(StandardCharsets.UTF_8);
  }

  /** The body on one line. */
  public String text(Delivery delivery) {
    var format = channels.of(delivery.channel()).text();
    return ShortenedModel.fitting(
        texts.model(delivery), format::fitsAsBody, model -> filled(delivery, model));
  }

  private String filled(Delivery delivery, Map<String, Object> model) {
    var template = delivery.channel() + FILE;
    try {
      return strict.readTree(templates.fill(template, named(delivery, model))).toString();
    } catch (JsonProcessingException e) {
      // The cause stays out: its message quotes the lead.
      throw new RefusedBySettingsException(
          "What config/templates/%s.mustache makes is not JSON: the operator has to correct it."
              .formatted(template));
    } catch (UncheckedIOException e) {
      throw new RefusedBySettingsException(
          "There is no body for it: the operator has to add config/templates/%s.mustache."
              .formatted(template));
    }
  }

  private Map<String, Object> named(Delivery delivery, Map<String, Object> typed) {
    var model = new HashMap<>(typed);
    var text = texts.of(delivery, typed);
    model.put("text", text);
    model.put("lines", text.lines().filter(line -> !line.isBlank()).toList());
    model.put("id", delivery.id().toString());
    model.put("businessId", delivery.businessId().toString());
    model.put("cause", delivery.cause());
    model.put("values", channels.of(delivery.channel()).values());
    recipients.of(delivery).ifPresent(recipient -> model.put("recipient", recipient));
    if (delivery.message() != null) {
      model.put("leadId", delivery.message().path("id").asText());
      model.put("funnelId", delivery.message().path("funnel_id").asText());
      model.put(
          "createdAt",
          LeadModel.createdAt(delivery.message()).truncatedTo(ChronoUnit.MILLIS).toString());
    }
    return model;
  }
}
