package com.callback.messaging.delivery.channel.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.platform.startup.OperatingMode;
import com.callback.messaging.support.MailEnd;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An answer may take 300 ms, a mail 1.5 s. */
class PatientSocketTest {

  private static final int ANSWER_MS = 300;
  private static final int MAIL_MS = 1_500;

  @Test
  void a_server_that_looks_into_the_mail_for_longer_than_an_answer_may_take_gets_it_once()
      throws Exception {
    var server = new MailEnd();
    server.hang();
    CompletableFuture.delayedExecutor(2 * ANSWER_MS, TimeUnit.MILLISECONDS).execute(server::letGo);

    send(server.port(), "x".repeat(5_000));

    assertThat(server.taken("to@example.com")).hasSize(1);
  }

  @Test
  void a_server_that_never_answers_the_mail_is_given_up_at_the_deadline() {
    var server = new MailEnd();
    server.hang();
    var begun = System.nanoTime();

    assertThatThrownBy(() -> send(server.port(), "x".repeat(5_000)))
        .isInstanceOf(MessagingException.class);

    assertThat(milliseconds(begun)).isBetween((long) MAIL_MS - 100, 4L * MAIL_MS);
    server.letGo();
  }

  @Test
  void a_server_that_does_not_greet_is_given_up_after_the_time_of_an_answer() throws Exception {
    try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var begun = System.nanoTime();
      assertThatThrownBy(() -> send(server.getLocalPort(), "Hello"))
          .isInstanceOf(MessagingException.class);
      assertThat(milliseconds(begun)).isBetween((long) ANSWER_MS - 100, (long) MAIL_MS);
    }
  }

  @Test
  void a_server_that_takes_its_time_for_each_answer_is_given_up_at_the_deadline() throws Exception {
    try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var drip = CompletableFuture.runAsync(() -> answerSlowly(server));
      var begun = System.nanoTime();
      assertThatThrownBy(() -> send(server.getLocalPort(), "Hello"))
          .isInstanceOf(MessagingException.class);
      assertThat(milliseconds(begun)).isBetween((long) MAIL_MS - 100, 4L * MAIL_MS);
      drip.cancel(true);
    }
  }

  private static void send(int port, String text) throws MessagingException {
    var properties =
        new MailTransport()
            .mailProperties(
                MailTransportTest.IDENTITY,
                Integer.toString(ANSWER_MS),
                MAIL_MS,
                java.util.List.of(),
                "",
                "",
                "",
                OperatingMode.DEVELOPMENT);
    var mail = new MimeMessage(Session.getInstance(properties));
    mail.setFrom("from@example.com");
    mail.setRecipients(Message.RecipientType.TO, "to@example.com");
    mail.setText(text);
    mail.saveChanges();
    try (Transport transport = mail.getSession().getTransport("smtp")) {
      transport.connect("127.0.0.1", port, null, null);
      transport.sendMessage(mail, mail.getAllRecipients());
    }
  }

  /** One line of an endless answer every 100 ms. */
  private static void answerSlowly(ServerSocket server) {
    try (var caller = server.accept();
        var in =
            new BufferedReader(
                new InputStreamReader(caller.getInputStream(), StandardCharsets.US_ASCII))) {
      var slow = CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);
      while (!caller.isClosed()) {
        CompletableFuture.runAsync(() -> write(caller), slow).join();
      }
      in.readLine();
    } catch (IOException e) {
      // The caller has given up.
    }
  }

  private static void write(java.net.Socket caller) {
    try {
      caller.getOutputStream().write("220-wait\r\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static long milliseconds(long begun) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
  }
}
