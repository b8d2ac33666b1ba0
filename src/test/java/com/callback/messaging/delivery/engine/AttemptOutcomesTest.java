package com.callback.messaging.delivery.engine;

import static com.callback.messaging.delivery.engine.FailureKind.GONE;
import static com.callback.messaging.delivery.engine.FailureKind.PERMANENT;
import static com.callback.messaging.delivery.engine.FailureKind.TEMPORARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.mock.env.MockEnvironment;

/** The arrows that leave "sending". */
class AttemptOutcomesTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

  private final MockEnvironment settings =
      new MockEnvironment()
          .withProperty("channels.webhook.providers", "http")
          .withProperty("channels.webhook.accepted-as", "delivered")
          .withProperty("channels.webhook.schedule", "5s,5m")
          .withProperty("channels.sms.providers", "touchsms")
          .withProperty("channels.sms.resend-when-unknown", "false")
          .withProperty("channels.sms.schedule", "60s,10m");
  private final Reasons reasons = new Reasons();
  private final RetryPolicy policy =
      new RetryPolicy(new Channels(settings), reasons, new Backoff(0), CLOCK);

  @Test
  void what_was_taken_is_what_its_channel_calls_accepted() {
    assertThat(policy.accepted(delivery("webhook", 1, 0), null).state()).isEqualTo("delivered");
    var sms = policy.accepted(delivery("sms", 1, 0), "ref-1");
    assertThat(sms.state()).isEqualTo("sent");
    assertThat(sms.providerRef()).isEqualTo("ref-1");
    assertThat(sms.endedAt().toInstant()).isEqualTo(NOON);
  }

  @Test
  void what_may_work_later_waits_for_its_step_and_fails_after_the_last() {
    var cause = new ConnectException("refused");

    assertThat(policy.failed(delivery("webhook", 1, 0), cause).nextAttemptAt().toInstant())
        .isEqualTo(NOON.plusSeconds(5));
    assertThat(policy.failed(delivery("webhook", 2, 0), cause).nextAttemptAt().toInstant())
        .isEqualTo(NOON.plus(Duration.ofMinutes(5)));
    var last = policy.failed(delivery("webhook", 3, 0), cause);
    assertThat(last.state()).isEqualTo("failed");
    assertThat(last.error()).isEqualTo("No connection could be made");
    assertThat(last.nextAttemptAt()).isNull();
  }

  @Test
  void a_setting_of_the_operator_delays_a_delivery_and_never_ends_it() {
    for (var cause :
        List.of(
            new RefusedBySettingsException("Port 22 may not be called: MESSAGING_OUTBOUND_PORTS"),
            new java.util.concurrent.CompletionException(new RefusedBySettingsException("x")))) {
      assertThat(policy.failed(delivery("webhook", 1, 0), cause).nextAttemptAt().toInstant())
          .isEqualTo(NOON.plusSeconds(5));
      for (var attempt : List.of(2, 3, 30)) {
        var outcome = policy.failed(delivery("webhook", attempt, 0), cause);
        assertThat(outcome.state()).isEqualTo("pending");
        assertThat(outcome.nextAttemptAt().toInstant()).isEqualTo(NOON.plus(Duration.ofMinutes(5)));
      }
    }
    assertThat(
            policy
                .failed(delivery("webhook", 1, 0), new RefusedBySettingsException("the port 22"))
                .error())
        .isEqualTo("the port 22");
  }

  @Test
  void a_delivery_may_have_fewer_attempts_than_its_channel() {
    var limited = policy.failed(delivery("webhook", 1, 1), new ConnectException());

    assertThat(limited.state()).isEqualTo("failed");
    assertThat(policy.failed(delivery("webhook", 1, 2), new ConnectException()).state())
        .isEqualTo("pending");
  }

  @Test
  void where_nobody_knows_a_webhook_is_sent_again_and_an_sms_is_not() {
    var silence = new SocketTimeoutException("Read timed out");

    assertThat(policy.failed(delivery("webhook", 1, 0), silence).state()).isEqualTo("pending");
    var sms = policy.failed(delivery("sms", 1, 0), silence);
    assertThat(sms.state()).isEqualTo("unknown");
    assertThat(sms.unknown()).isTrue();
    assertThat(sms.error()).contains("may have arrived");
  }

  @Test
  void a_receiver_that_is_gone_gets_no_further_attempt_and_is_marked() {
    var gone = policy.failed(delivery("webhook", 1, 0), answered(410, GONE, null, null));

    assertThat(gone.state()).isEqualTo("failed");
    assertThat(gone.gone()).isTrue();
    var refused = policy.failed(delivery("sms", 1, 0), answered(422, PERMANENT, null, null));
    assertThat(refused.state()).isEqualTo("failed");
    assertThat(refused.gone()).isFalse();
  }

  @Test
  void what_the_far_end_asks_for_counts() {
    var busy = answered(429, TEMPORARY, null, Duration.ofSeconds(9));

    assertThat(policy.failed(delivery("webhook", 1, 0), busy).nextAttemptAt().toInstant())
        .isEqualTo(NOON.plusSeconds(9));
  }

  static Stream<Arguments> reasonsForTheOwner() throws Exception {
    return Stream.of(
        Arguments.of(receiver(500, null), "The remote server responded 500"),
        Arguments.of(receiver(404, null), "The remote server responded 404: check the address"),
        Arguments.of(
            receiver(302, "https://new.example/hook\r\nX: \u202Ey"),
            "The remote server responded 302: it has moved to https://new.example/hookX:y and redirects are not followed; set that address instead"),
        Arguments.of(
            receiver(308, null),
            "The remote server responded 308: redirects are not followed; set the address that answers by itself"),
        Arguments.of(new NeverDeliverableException("It is gone."), "It is gone."),
        Arguments.of(new IOException(new UnknownHostException("secret.example")), "Unknown host"),
        Arguments.of(
            new jakarta.mail.AuthenticationFailedException("user bob"),
            "The mail server answered: it refuses the log-in: check SPRING_MAIL_USERNAME and SPRING_MAIL_PASSWORD, or those of the standby"),
        Arguments.of(
            new SMTPAddressFailedException(
                new jakarta.mail.internet.InternetAddress("a@example.com"),
                "RCPT TO",
                550,
                "550 Ada is unknown"),
            "The mail server responded 550: it knows no such address: correct the address that the mail goes to"),
        Arguments.of(
            new MessagingException(
                "Could not convert socket to TLS",
                new IOException(
                    new SSLHandshakeException("PKIX").initCause(new CertificateException("PKIX")))),
            "The certificate of the mail server is not trusted: install one of a known authority for its name, or name the certificate of your own authority in CHANNELS_EMAIL_TRUSTED_CERTIFICATES"),
        Arguments.of(
            new SSLPeerUnverifiedException("Certificate for <a.example> doesn't match"),
            "The certificate of the remote server is not trusted: it is self-signed, expired, for another name, or of an unknown authority"),
        Arguments.of(
            new IllegalStateException("Ada said hello"), "Internal error (IllegalStateException)"));
  }

  private static UnsuccessfulResponseException receiver(int status, String location) {
    return answered(status, TEMPORARY, location, null);
  }

  private static UnsuccessfulResponseException answered(
      int status, FailureKind kind, String location, Duration retryAfter) {
    return new UnsuccessfulResponseException(status, kind, null, location, retryAfter);
  }

  @Test
  void where_a_receiver_has_moved_to_is_not_logged() {
    assertThat(reasons.brief(receiver(302, "https://new.example/Ada")))
        .isEqualTo("The remote server responded 302");
  }

  @ParameterizedTest
  @MethodSource("reasonsForTheOwner")
  void a_reason_is_a_sentence_without_what_the_lead_wrote(Throwable failure, String reason) {
    assertThat(reasons.of(failure)).isEqualTo(reason);
  }

  @Test
  void a_channel_without_a_block_in_the_configuration_is_named() throws Exception {
    assertThatThrownBy(() -> new Channels(settings).of("fax"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("channels.fax");
    assertThat(new Channels(settings).afterALoss())
        .contains("\"channel\":\"sms\"", "\"resend\":false", "\"losses\":6");
    assertThat(new Channels(settings).names().split(","))
        .containsExactlyInAnyOrder("webhook", "sms");
  }

  @Test
  void a_wrong_setting_of_a_channel_says_what_to_set() {
    assertThatThrownBy(
            () -> new Channels(settings.withProperty("channels.sms.accepted-as", "maybe")))
        .hasStackTraceContaining("set it to sent or delivered");
    assertThatThrownBy(
            () ->
                new ChannelSettings(
                    true,
                    null,
                    null,
                    false,
                    List.of("http"),
                    "sent",
                    2,
                    0,
                    true,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null))
        .hasMessageContaining("1 or more");
  }

  private static Delivery delivery(String channel, int attempt, int limit) {
    return new Delivery(
        UUID.randomUUID(),
        UUID.randomUUID(),
        "lead",
        channel,
        UUID.randomUUID(),
        "to",
        attempt,
        attempt,
        limit,
        "me",
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
