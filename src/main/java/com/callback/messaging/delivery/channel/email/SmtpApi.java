package com.callback.messaging.delivery.channel.email;

import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.platform.startup.StartFailure;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.mail.internet.MimeUtility;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Writes the header {@code X-SMTPAPI}, by which SendGrid's SMTP relay takes what its API takes as
 * fields: the delivery that its events name, the category, and that links are not rewritten. Only
 * SendGrid removes the header; any other server would pass it on to the recipient.
 */
@Component
class SmtpApi {

  static final String HEADER = "X-SMTPAPI";

  private static final Set<String> SMTP = Set.of("smtp", "smtp-standby");

  /** In ASCII, with spaces at which the header can be folded. */
  private final ObjectWriter json =
      JsonMapper.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build()
          .writer(
              new DefaultPrettyPrinter()
                  .withObjectIndenter(new DefaultPrettyPrinter.NopIndenter()));

  private final Set<String> providers;

  SmtpApi(@Value("${channels.email.x-smtpapi}") Set<String> providers) {
    if (!SMTP.containsAll(providers)) {
      throw new StartFailure(
          "channels.email.x-smtpapi names a provider that is no SMTP server: set CHANNELS_EMAIL_X_SMTPAPI to smtp, smtp-standby or both.");
    }
    this.providers = Set.copyOf(providers);
  }

  /**
   * The value of the header, folded.
   *
   * @param provider the provider of this attempt
   * @return null where the provider is not SendGrid
   */
  String header(Delivery delivery, String provider) throws JsonProcessingException {
    if (!providers.contains(provider)) {
      return null;
    }
    var value = JsonNodeFactory.instance.objectNode();
    value
        .putObject("unique_args")
        .put("mid", delivery.id().toString())
        .put("delivery_attempt", String.valueOf(delivery.attempt()));
    value.putArray("category").add(delivery.cause());
    var filters = value.putObject("filters");
    filters.putObject("clicktrack").putObject("settings").put("enable", 0);
    filters.putObject("opentrack").putObject("settings").put("enable", 0);
    return MimeUtility.fold(HEADER.length() + 2, json.writeValueAsString(value));
  }
}
