package com.callback.messaging.delivery.channel.email;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.delivery.engine.Delivery;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which headers say what kind of mail it is. */
class MailComposerTest {

  private static final String LINK = "https://callbacks.example.com/unsubscribe/token";

  private final MailComposer composer = new MailComposer(Clock.systemUTC(), new SmtpApi(Set.of()));

  @Test
  void an_automatic_mail_says_so_and_asks_for_no_automatic_answer() throws Exception {
    var mail = composed(null, false);
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(mail.getHeader("X-Auto-Response-Suppress")).containsExactly("All");
  }

  @Test
  void what_a_person_wrote_is_not_called_automatic() throws Exception {
    var mail = composed(null, true);
    assertThat(mail.getHeader("Auto-Submitted")).isNull();
    assertThat(mail.getHeader("X-Auto-Response-Suppress")).isNull();
  }

  @Test
  void an_optional_mail_can_be_ended_by_one_click() throws Exception {
    var mail = composed(LINK, false);
    assertThat(mail.getHeader("List-Unsubscribe")).containsExactly("<" + LINK + ">");
    assertThat(mail.getHeader("List-Unsubscribe-Post"))
        .containsExactly("List-Unsubscribe=One-Click");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "http://localhost:8080/unsubscribe/token")
  void a_mail_that_cannot_be_ended_by_https_has_no_such_header(String link) throws Exception {
    var mail = composed(link, false);
    assertThat(mail.getHeader("List-Unsubscribe")).isNull();
    assertThat(mail.getHeader("List-Unsubscribe-Post")).isNull();
  }

  private MimeMessage composed(String unsubscribeLink, boolean isPersonal) throws Exception {
    var headers = new MailHeaders();
    var mail =
        new Mail(
            headers.address("Bakery", "callbacks@example.org"),
            headers.address(null, "kim@example.com"),
            null,
            "Hello",
            "<1@example.org>",
            null,
            null,
            unsubscribeLink,
            isPersonal,
            "text",
            "<p>text</p>");
    var delivery =
        new Delivery(
            UUID.randomUUID(),
            UUID.randomUUID(),
            "digest",
            "email",
            UUID.randomUUID(),
            "kim@example.com",
            1,
            1,
            0,
            "me",
            null,
            null,
            null,
            null,
            null,
            null);
    return composer.compose(mail, delivery, "smtp");
  }
}
