package com.callback.messaging.chaos;

import com.callback.messaging.support.ReachableBusiness;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where the leads are to arrive: a mail server, an SMS provider and a webhook receiver. */
final class Receivers implements AutoCloseable {

  private static final Pattern REFERENCE = Pattern.compile("\"reference\"\\s*:\\s*\"([^\"]+)\"");

  private static final String SMS_ACCEPTED =
      "{\"data\":{\"messages\":[{\"status\":\"VALID\"}],\"errors\":[]}}";

  private final MailReceiver mail = new MailReceiver();
  private final HttpReceiver sms = new HttpReceiver((call, body) -> reference(body), SMS_ACCEPTED);
  private final HttpReceiver webhook =
      new HttpReceiver((call, body) -> call.getRequestHeaders().getFirst("webhook-id"), "");

  /** What the service is told. */
  Map<String, String> settings() {
    return Map.of(
        "SPRING_MAIL_HOST", "127.0.0.1",
        "SPRING_MAIL_PORT", Integer.toString(mail.port()),
        "CHANNELS_EMAIL_FROM", "leads@callback.example",
        "CHANNELS_SMS_URL", sms.url() + "/api",
        "CHANNELS_SMS_USERNAME", "token",
        "CHANNELS_SMS_PASSWORD", "secret");
  }

  Arrivals on(String channel) {
    return switch (channel) {
      case "email" -> mail.arrivals();
      case "sms" -> sms.arrivals();
      default -> webhook.arrivals();
    };
  }

  void behave(String channel, Mood mood) {
    switch (channel) {
      case "email" -> mail.behave(mood);
      case "sms" -> sms.behave(mood);
      default -> webhook.behave(mood);
    }
  }

  /** Businesses with all three channels on; gives their funnels. */
  List<String> businesses(JdbcClient database, int count) {
    return Stream.generate(() -> ReachableBusiness.insert(database, webhook.url() + "/hook"))
        .limit(count)
        .toList();
  }

  @Override
  public void close() {
    mail.close();
    sms.close();
    webhook.close();
  }

  private static String reference(String body) {
    var reference = REFERENCE.matcher(body);
    return reference.find() ? reference.group(1) : "no reference";
  }
}
