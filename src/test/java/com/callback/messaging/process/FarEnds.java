package com.callback.messaging.process;

import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.FarEnd;
import com.callback.messaging.support.ReachableBusiness;
import com.callback.messaging.support.SmsWithoutLimits;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.subethamail.smtp.server.SMTPServer;

/**
 * A mail server, an SMS provider and a webhook receiver that the service finds by configuration.
 */
final class FarEnds implements AutoCloseable {

  private static final String SMS_ACCEPTED =
      "{\"data\":{\"messages\":[{\"status\":\"VALID\",\"to\":\"61491570156\"}],\"errors\":[]}}";

  private final List<MimeMessage> mails = new CopyOnWriteArrayList<>();
  private final FarEnd sms =
      new FarEnd().usually(200, Map.of("Content-Type", "application/json"), SMS_ACCEPTED);
  private final FarEnd webhook = new FarEnd();
  private final SMTPServer smtp =
      SMTPServer.port(0)
          .bindAddress(InetAddress.getLoopbackAddress())
          .hostName("localhost")
          .messageHandler((context, from, to, data) -> mails.add(mail(data)))
          .build();

  FarEnds() {
    smtp.start();
  }

  /** What the service is told. */
  Map<String, String> settings() {
    var settings = new HashMap<>(SmsWithoutLimits.SETTINGS);
    settings.putAll(
        Map.of(
            "SPRING_MAIL_HOST", "127.0.0.1",
            "SPRING_MAIL_PORT", Integer.toString(smtp.getPortAllocated()),
            "CHANNELS_SMS_URL", sms.url().replace("/hook", "/api"),
            "CHANNELS_SMS_USERNAME", "token",
            "CHANNELS_SMS_PASSWORD", "secret",
            // Production mode asks for it; nobody follows it here.
            "MESSAGING_PUBLIC_URL", "https://callbacks.example.com",
            "MESSAGING_STOP_SERVE_ON", "0s"));
    return settings;
  }

  /** A business with all three channels on; gives its funnel. */
  String business(JdbcClient database) {
    return ReachableBusiness.insert(database, webhook.url());
  }

  List<MimeMessage> mails() {
    return mails;
  }

  List<FarEnd.Call> shortMessages() {
    return sms.calls();
  }

  List<FarEnd.Call> webhooks() {
    return webhook.calls();
  }

  /** Forgets what has arrived until now. */
  void forget() {
    mails.clear();
    sms.calls().clear();
    webhook.calls().clear();
  }

  /** From now on the webhook receiver takes calls and does not answer. */
  void holdWebhooks() {
    webhook.hang();
  }

  /** It answers again, also the calls that wait. */
  void letWebhooksGo() {
    webhook.letGo();
  }

  /** Waits until this lead has arrived on all three channels. */
  void awaitLead(String name) {
    await()
        .alias(name + " arrives everywhere")
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                mails.stream().anyMatch(mail -> subject(mail).contains(name))
                    && sms.calls().stream().anyMatch(call -> call.body().contains(name))
                    && webhook.calls().stream().anyMatch(call -> call.body().contains(name)));
  }

  static String subject(MimeMessage mail) {
    try {
      return mail.getSubject();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  static String id(MimeMessage mail) {
    try {
      return mail.getMessageID();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    smtp.stop();
    sms.close();
    webhook.close();
  }

  private static MimeMessage mail(byte[] data) {
    try {
      return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(data));
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }
}
