package com.callback.messaging.platform.startup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MailCatcherTest {
  private final MailCatcher catcher = MailCatcher.start();
  private final List<Caught> caught = new ArrayList<>();

  private record Caught(String from, List<String> recipients, byte[] raw) {}

  @AfterEach
  void stop() {
    catcher.close();
  }

  @Test
  void one_mail_to_two_people_is_kept_once_and_as_it_was_written() throws Exception {
    catcher.deliverTo((from, to, raw) -> caught.add(new Caught(from, to, raw)));
    send("Zoë\r\n.a line that begins with a dot\r\n");

    assertThat(caught).hasSize(1);
    Caught mail = caught.get(0);
    assertThat(mail.from()).isEqualTo("service@example.com");
    assertThat(mail.recipients()).containsExactly("one@example.com", "two@example.com");
    assertThat(new String(mail.raw(), UTF_8)).doesNotContain("Received:");
    MimeMessage read = new MimeMessage(null, new ByteArrayInputStream(mail.raw()));
    assertThat(read.getSubject()).isEqualTo("Somebody wants to be called back ☎");
    assertThat((String) read.getContent())
        .isEqualToNormalizingNewlines("Zoë\n.a line that begins with a dot\n");
  }

  @Test
  void the_sender_is_asked_to_retry_when_a_mail_cannot_be_kept() throws Exception {
    catcher.deliverTo(
        (from, to, raw) -> {
          throw new IllegalStateException("the database is away");
        });
    assertThatThrownBy(() -> send("first")).satisfies(MailCatcherTest::asksToRetry);

    catcher.deliverTo((from, to, raw) -> caught.add(new Caught(from, to, raw)));
    send("second");
    assertThat(caught).hasSize(1);
  }

  @Test
  void the_sender_is_asked_to_retry_while_nobody_keeps_mails() {
    assertThatThrownBy(() -> send("early")).satisfies(MailCatcherTest::asksToRetry);
  }

  @Test
  void a_mail_beyond_all_measure_is_refused_for_good() {
    catcher.deliverTo((from, to, raw) -> caught.add(new Caught(from, to, raw)));
    assertThatThrownBy(() -> send("x".repeat(70).concat("\r\n").repeat(160_000)))
        .satisfies(e -> isAnswered(e, 552));
    assertThat(caught).isEmpty();
  }

  private static void asksToRetry(Throwable e) {
    isAnswered(e, 451);
  }

  private static void isAnswered(Throwable e, int code) {
    assertThat(e)
        .rootCause()
        .isInstanceOfSatisfying(
            SMTPSendFailedException.class,
            answer -> assertThat(answer.getReturnCode()).isEqualTo(code));
  }

  private void send(String text) throws MessagingException {
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.host", "127.0.0.1");
    properties.setProperty("mail.smtp.port", Integer.toString(catcher.port()));
    MimeMessage message = new MimeMessage(Session.getInstance(properties));
    message.setFrom("service@example.com");
    message.setRecipients(
        Message.RecipientType.TO, InternetAddress.parse("one@example.com,two@example.com"));
    message.setSubject("Somebody wants to be called back ☎", "UTF-8");
    message.setText(text, "UTF-8");
    Transport.send(message);
  }
}
