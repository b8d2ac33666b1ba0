package com.callback.messaging.delivery.channel.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.platform.startup.OperatingMode;
import com.callback.messaging.platform.startup.StartFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailTransportTest {

  static final MailIdentity IDENTITY =
      new MailIdentity(
          new MailHeaders(), "callbacks@acme.example", "", "", "http://127.0.0.1:8080");

  @Test
  void a_mail_server_is_greeted_with_the_host_of_the_public_url_unless_a_setting_says_another() {
    assertThat(IDENTITY.ehloName()).isEqualTo("[127.0.0.1]");
    assertThat(identity("", "https://leads.acme.example/").ehloName())
        .isEqualTo("leads.acme.example");
    assertThat(identity("", "https://[2001:db8::1]/").ehloName()).isEqualTo("[IPv6:2001:db8::1]");
    assertThat(identity("mail.acme.example", "https://leads.acme.example/").ehloName())
        .isEqualTo("mail.acme.example");
    assertThatThrownBy(() -> identity("a b", "https://leads.acme.example/"))
        .hasMessageContaining("CHANNELS_EMAIL_EHLO_NAME");
  }

  @Test
  void a_message_id_is_of_the_senders_domain() {
    assertThat(IDENTITY.messageId(new UUID(0, 0))).endsWith("@acme.example>");
  }

  private static MailIdentity identity(String ehloName, String publicUrl) {
    return new MailIdentity(new MailHeaders(), "callbacks@acme.example", "", ehloName, publicUrl);
  }

  @ParameterizedTest
  @CsvSource({
    "PRODUCTION, '', true",
    "DEVELOPMENT, '', false",
    "PRODUCTION, false, false",
    "DEVELOPMENT, true, true"
  })
  void in_production_no_mail_goes_out_in_the_clear_unless_a_setting_says_so(
      OperatingMode mode, String setting, String required) {
    assertThat(
            new MailTransport()
                .mailProperties(IDENTITY, "5000", 60_000, List.of(), "", setting, "", mode))
        .containsEntry("mail.smtp.starttls.required", required);
  }

  @Test
  void undeliverable_mails_return_to_the_sender_unless_a_setting_says_where() {
    assertThat(returning("")).doesNotContainKeys("mail.smtp.from", "mail.smtps.from");
    assertThat(returning("bounces@mail.acme.example"))
        .containsEntry("mail.smtp.from", "bounces@mail.acme.example")
        .containsEntry("mail.smtps.from", "bounces@mail.acme.example");
    assertThatThrownBy(() -> returning("bounces"))
        .hasMessageContaining("CHANNELS_EMAIL_ENVELOPE_FROM");
  }

  @Test
  void a_file_without_certificates_stops_the_start(@TempDir Path folder) throws Exception {
    var empty = Files.createFile(folder.resolve("empty.pem"));
    var wrong = Files.writeString(folder.resolve("wrong.pem"), "no certificate");
    for (var file : List.of(empty, wrong, folder.resolve("absent.pem"), folder)) {
      assertThatThrownBy(() -> trusting(file))
          .isInstanceOf(StartFailure.class)
          .hasMessage(
              "channels.email.trusted-certificates names %s, which has no readable certificate: set CHANNELS_EMAIL_TRUSTED_CERTIFICATES to a PEM file of your authority.",
              file);
    }
  }

  private static Properties trusting(Path file) {
    return new MailTransport()
        .mailProperties(
            IDENTITY,
            "5000",
            60_000,
            List.of(),
            file.toString(),
            "",
            "",
            OperatingMode.DEVELOPMENT);
  }

  private static Properties returning(String envelopeFrom) {
    return new MailTransport()
        .mailProperties(
            IDENTITY, "5000", 60_000, List.of(), "", "", envelopeFrom, OperatingMode.DEVELOPMENT);
  }
}
