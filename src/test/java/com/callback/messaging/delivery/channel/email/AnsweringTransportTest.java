package com.callback.messaging.delivery.channel.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.callback.messaging.delivery.engine.FailureKind;
import com.callback.messaging.delivery.engine.Reasons;
import com.callback.messaging.delivery.engine.RetryPolicy;
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
import java.util.stream.Stream;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** What is known of a mail server that does not take a mail. */
@Timeout(60)
class AnsweringTransportTest {

  static Stream<Arguments> refusals() {
    return Stream.of(
        refusal("greeting", "554 5.7.1 You are on a block list", 554, "SPRING_MAIL_HOST"),
        refusal("greeting", "421 4.3.2 Too many", 421, "CHANNELS_EMAIL_IN_FLIGHT"),
        refusal("EHLO", "504 5.5.2 A dotted name please", 504, "CHANNELS_EMAIL_EHLO_NAME"),
        refusal("AUTH", "535 5.7.8 Wrong", 535, "SPRING_MAIL_PASSWORD"),
        refusal("AUTH", "454 4.7.0 Try later", 454, "trouble of its own"),
        refusal("AUTH", "432 4.3.2 Too many", 432, "CHANNELS_EMAIL_IN_FLIGHT"),
        refusal("MAIL", "550 5.7.1 Not your domain", 550, "CHANNELS_EMAIL_FROM"),
        refusal("MAIL", "530 5.7.0 Log in first", 530, "SPRING_MAIL_USERNAME"),
        refusal("RCPT", "552-5.2.2 The mailbox\r\n552 5.2.2 is full", 552, "mailbox is full"),
        refusal("RCPT", "550 5.7.60 No", 550, "SPF, DKIM and DMARC"),
        refusal("DATA", "503 5.5.1 Out of order", 503, "did not understand"),
        refusal(".", "554 5.2.0 Store driver", 554, "takes nothing at the moment"),
        refusal(".", "451 4.3.0 Disk", 451, "trouble of its own"));
  }

  private static Arguments refusal(String at, String answer, int code, String remedy) {
    return Arguments.of(at, answer, code, remedy);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void a_refusal_is_told_with_its_code_its_words_and_a_remedy_and_is_tried_again(
      String at, String answer, int code, String remedy) throws Exception {
    try (var server = SpokenSmtp.saying(Map.of(at, answer))) {
      var failure = catchThrowable(() -> send(server));

      withBeans(
          reasons -> {
            assertThat(RetryPolicy.kind(failure)).isEqualTo(FailureKind.TEMPORARY);
            assertThat(reasons.status(failure)).contains(code);
            assertThat(reasons.answer(failure)).contains(answer.replace("\r\n", "\n"));
            assertThat(reasons.of(failure))
                .startsWith("The mail server responded " + code)
                .contains(remedy);
          });
    }
  }

  @Test
  void an_address_that_does_not_exist_is_not_tried_again() throws Exception {
    try (var server = SpokenSmtp.saying(Map.of("RCPT", "550 5.1.1 Unknown"))) {
      var failure = catchThrowable(() -> send(server));

      withBeans(
          reasons -> {
            assertThat(RetryPolicy.kind(failure)).isEqualTo(FailureKind.PERMANENT);
            assertThat(reasons.of(failure))
                .isEqualTo(
                    "The mail server responded 550 5.1.1: it knows no such address: correct the address that the mail goes to");
          });
    }
  }

  @Test
  void a_server_that_hangs_up_after_the_end_of_the_mail_may_have_taken_it() throws Exception {
    try (var server = SpokenSmtp.saying(Map.of(".", SpokenSmtp.HANG_UP))) {
      var failure = catchThrowable(() -> send(server));
      withBeans(reasons -> assertThat(RetryPolicy.kind(failure)).isEqualTo(FailureKind.UNKNOWN));
    }
  }

  @Test
  void a_server_is_greeted_with_the_name_that_was_set() throws Exception {
    try (var server = SpokenSmtp.saying(Map.of())) {
      send(server);
      assertThat(server.heard()).contains("EHLO callbacks.example.com");
    }
  }

  @Test
  void a_server_that_offers_no_encryption_is_told_with_the_settings_that_help() throws Exception {
    try (var server = SpokenSmtp.saying(Map.of())) {
      var failure = catchThrowable(() -> send(server, "true"));
      withBeans(
          reasons -> {
            assertThat(RetryPolicy.kind(failure)).isEqualTo(FailureKind.TEMPORARY);
            assertThat(reasons.of(failure))
                .contains(
                    "offers no encryption", "CHANNELS_EMAIL_SCHEME", "CHANNELS_EMAIL_REQUIRE_TLS");
          });
    }
  }

  @Test
  void a_self_signed_certificate_is_named_and_is_taken_of_a_trusted_host(@TempDir Path folder)
      throws Exception {
    try (var server = SpokenSmtp.encrypted(SelfSigned.context(folder))) {
      var failure = catchThrowable(() -> send(server, "smtps", "", List.of(), ""));
      withBeans(
          reasons -> {
            assertThat(RetryPolicy.kind(failure)).isEqualTo(FailureKind.TEMPORARY);
            assertThat(reasons.of(failure))
                .contains("certificate of the mail server", "CHANNELS_EMAIL_TRUSTED_CERTIFICATES");
          });

      send(server, "smtps", "", List.of("127.0.0.1"), "");
      assertThat(server.heard()).contains("DATA");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"smtps", "smtp"})
  void a_certificate_of_the_operators_own_authority_is_trusted_for_its_name_and_no_other(
      String scheme, @TempDir Path folder) throws Exception {
    var context = SelfSigned.context(folder);
    var authority = SelfSigned.certificate(folder);
    try (var server =
        scheme.equals("smtps") ? SpokenSmtp.encrypted(context) : SpokenSmtp.startingTls(context)) {
      assertThat(catchThrowable(() -> send(server, scheme, "true", List.of(), "")))
          .as("without it")
          .isNotNull();
      assertThat(server.heard()).doesNotContain("DATA");

      send(server, scheme, "true", List.of(), authority.toString());
      assertThat(server.heard()).contains("DATA");

      var elsewhere =
          catchThrowable(
              () -> send(server, "localhost", scheme, "true", List.of(), authority.toString()));
      withBeans(
          reasons -> assertThat(reasons.of(elsewhere)).contains("certificate of the mail server"));
    }
  }

  @Test
  void a_server_with_a_certificate_of_an_own_authority_has_the_same_deadline(@TempDir Path folder)
      throws Exception {
    SelfSigned.context(folder);
    var properties =
        new MailTransport()
            .mailProperties(
                MailTransportTest.IDENTITY,
                "5000",
                60_000,
                List.of(),
                SelfSigned.certificate(folder).toString(),
                "",
                "",
                OperatingMode.DEVELOPMENT);
    for (var scheme : List.of("smtp", "smtps")) {
      var factory = (SocketFactory) properties.get("mail." + scheme + ".ssl.socketFactory");
      assertThat(factory.createSocket()).isInstanceOf(PatientSocket.class);
    }
  }

  private static void send(SpokenSmtp server) throws Exception {
    send(server, "");
  }

  private static void send(SpokenSmtp server, String requireTls) throws Exception {
    send(server, "smtp", requireTls, List.of(), "");
  }

  private static void send(
      SpokenSmtp server,
      String scheme,
      String requireTls,
      List<String> trusted,
      String certificates)
      throws Exception {
    send(server, "127.0.0.1", scheme, requireTls, trusted, certificates);
  }

  private static void send(
      SpokenSmtp server,
      String host,
      String scheme,
      String requireTls,
      List<String> trusted,
      String certificates)
      throws Exception {
    var identity =
        new MailIdentity(
            new MailHeaders(), "callbacks@example.com", "", "", "https://callbacks.example.com/");
    var settings = new Properties();
    settings.putAll(
        new MailTransport()
            .mailProperties(
                identity,
                "5000",
                60_000,
                trusted,
                certificates,
                requireTls,
                "",
                OperatingMode.DEVELOPMENT));
    var session = Session.getInstance(settings);
    var mail = new MimeMessage(session);
    mail.setFrom("callbacks@example.com");
    mail.setRecipient(RecipientType.TO, new InternetAddress("owner@example.com"));
    mail.setText("text");
    mail.saveChanges();
    try (var transport = session.getTransport(scheme)) {
      assertThat(transport).isInstanceOf(AnsweringTransport.class);
      transport.connect(host, server.port(), "bob", "secret");
      transport.sendMessage(mail, mail.getAllRecipients());
    }
  }

  @FunctionalInterface
  private interface Judged {
    void by(Reasons reasons);
  }

  private static void withBeans(Judged judged) {
    try (var beans = new AnnotationConfigApplicationContext(Reasons.class)) {
      judged.by(beans.getBean(Reasons.class));
    }
  }
}
