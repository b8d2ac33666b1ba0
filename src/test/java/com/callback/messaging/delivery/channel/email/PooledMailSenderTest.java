package com.callback.messaging.delivery.channel.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.callback.messaging.delivery.engine.MailServerAnsweredException;
import com.callback.messaging.platform.startup.OperatingMode;
import com.callback.messaging.support.SelfSigned;
import com.callback.messaging.support.SpokenSmtp;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections to a mail server that several mails use. */
@Timeout(60)
class PooledMailSenderTest {

  private static final long FAR_MS = 60_000;

  @Test
  void one_mail_after_the_other_uses_the_same_connection() throws Exception {
    try (var server = SpokenSmtp.saying(Map.of());
        var sender = sender(server, settings(FAR_MS, ""))) {
      for (int mail = 0; mail < 3; mail++) {
        sender.send(mail());
      }
      assertThat(count(server, "EHLO")).isEqualTo(1);
      assertThat(count(server, "AUTH")).isEqualTo(1);
      assertThat(count(server, "DATA")).isEqualTo(3);
      assertThat(server.heard()).contains("Message-ID: <17@example.org>");
    }
  }

  @Test
  void a_connection_that_the_server_has_closed_meanwhile_is_replaced() throws Exception {
    try (var server = SpokenSmtp.saying(Map.of("NOOP", SpokenSmtp.HANG_UP));
        var sender = sender(server, settings(FAR_MS, ""))) {
      sender.send(mail());
      sender.send(mail());
      assertThat(count(server, "EHLO")).isEqualTo(2);
      assertThat(count(server, "DATA")).isEqualTo(2);
    }
  }

  @Test
  void a_server_that_says_421_to_a_kept_connection_gets_the_mail_on_a_new_one() throws Exception {
    try (var server = SpokenSmtp.saying(Map.of("NOOP", "421 4.4.2 Idle for too long"));
        var sender = sender(server, settings(FAR_MS, ""))) {
      sender.send(mail());
      sender.send(mail());
      assertThat(count(server, "DATA")).isEqualTo(2);
    }
  }

  @Test
  void a_connection_on_which_a_mail_was_refused_is_used_no_more() throws Exception {
    try (var server = SpokenSmtp.saying(Map.of("RCPT", "550 5.1.1 Unknown"));
        var sender = sender(server, settings(FAR_MS, ""))) {
      for (int mail = 0; mail < 2; mail++) {
        assertThat(catchThrowable(() -> sender.send(mail())))
            .isInstanceOf(MailServerAnsweredException.class);
      }
      assertThat(count(server, "EHLO")).isEqualTo(2);
    }
  }

  @Test
  void each_mail_has_a_deadline_of_its_own(@TempDir Path folder) throws Exception {
    var context = SelfSigned.context(folder);
    var authority = SelfSigned.certificate(folder).toString();
    try (var server = SpokenSmtp.startingTls(context);
        var sender = sender(server, settings(2_000, authority))) {
      sender.send(mail());
      CompletableFuture.runAsync(
              () -> {}, CompletableFuture.delayedExecutor(2_100, TimeUnit.MILLISECONDS))
          .join();
      sender.send(mail());
      assertThat(count(server, "STARTTLS")).isEqualTo(1);
      assertThat(count(server, "DATA")).isEqualTo(2);
    }
  }

  @Test
  void a_connection_that_nobody_uses_is_closed() throws Exception {
    try (var server = SpokenSmtp.saying(Map.of());
        var sender = sender(server, settings(FAR_MS, ""))) {
      sender.send(mail());
      var now = System.nanoTime();
      sender.closeIdle(now);
      assertThat(count(server, "QUIT")).isZero();

      sender.closeIdle(now + TimeUnit.SECONDS.toNanos(11));

      assertThat(count(server, "QUIT")).isEqualTo(1);
      sender.send(mail());
      assertThat(count(server, "EHLO")).isEqualTo(2);
    }
  }

  @Test
  void a_stop_takes_leave_of_the_server() throws Exception {
    try (var server = SpokenSmtp.saying(Map.of())) {
      try (var sender = sender(server, settings(FAR_MS, ""))) {
        sender.send(mail());
      }
      assertThat(count(server, "QUIT")).isEqualTo(1);
    }
  }

  private static long count(SpokenSmtp server, String command) {
    return server.heard().stream().filter(line -> line.startsWith(command)).count();
  }

  private static PooledMailSender sender(SpokenSmtp server, Properties settings) {
    return new PooledMailSender(
        new MailConnection.Server("smtp", "127.0.0.1", server.port(), "bob", "secret"), settings);
  }

  private static Properties settings(long deadlineMs, String certificates) {
    return new MailTransport()
        .mailProperties(
            MailTransportTest.IDENTITY,
            "5000",
            deadlineMs,
            List.of(),
            certificates,
            "",
            "",
            OperatingMode.DEVELOPMENT);
  }

  private static MimeMessage mail() throws Exception {
    var mail = new MimeMessage((Session) null);
    mail.setFrom("callbacks@example.org");
    mail.setRecipient(RecipientType.TO, new InternetAddress("kim@example.com"));
    mail.setText("text");
    mail.setHeader("Message-ID", "<17@example.org>");
    return mail;
  }
}
