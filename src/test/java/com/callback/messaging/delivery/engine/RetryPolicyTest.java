package com.callback.messaging.delivery.engine;

import static com.callback.messaging.delivery.engine.FailureKind.GONE;
import static com.callback.messaging.delivery.engine.FailureKind.PERMANENT;
import static com.callback.messaging.delivery.engine.FailureKind.TEMPORARY;
import static com.callback.messaging.delivery.engine.FailureKind.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.eclipse.angus.mail.util.SocketConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

/** What a response or a failure means. */
class RetryPolicyTest {

  private static final Address[] NONE = {};

  private final RetryPolicy policy =
      new RetryPolicy(
          new Channels(
              new MockEnvironment()
                  .withProperty("channels.webhook.providers", "http")
                  .withProperty("channels.webhook.gone-on", "410")
                  .withProperty("channels.sms.providers", "touchsms")
                  .withProperty("channels.sms.refused-on", "400, 413, 422")),
          new Reasons(),
          new Backoff(0),
          Clock.systemUTC());

  private FailureKind of(String channel, int status) {
    return RetryPolicy.kind(
        catchThrowable(() -> policy.require2xx(channel, status, null, null, null)));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 300, 301, 302, 307, 308, 400, 401, 403, 404, 408, 409, 413, 422, 423, 425, 429, 451, 499,
        500, 501, 502, 503, 504, 507, 599, 999
      })
  void a_receiver_that_answers_anything_but_410_is_called_again(int status) {
    assertThat(of("webhook", status)).isEqualTo(TEMPORARY);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 204, 299})
  void a_2xx_is_accepted(int status) {
    assertThatCode(() -> policy.require2xx("webhook", status, null, null, "anything"))
        .doesNotThrowAnyException();
  }

  @Test
  void a_receiver_that_answers_410_is_gone() {
    assertThat(of("webhook", 410)).isEqualTo(GONE);
    assertThat(
            RetryPolicy.kind(
                wrapped(new UnsuccessfulResponseException(410, GONE, null, null, null))))
        .isEqualTo(GONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 401, 402, 403, 404, 408, 409, 410, 429, 500, 503})
  void a_provider_that_speaks_of_itself_or_of_the_account_is_asked_again(int status) {
    assertThat(of("sms", status)).isEqualTo(TEMPORARY);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 422})
  void a_provider_that_refuses_the_message_is_not_asked_again(int status) {
    assertThat(of("sms", status)).isEqualTo(PERMANENT);
  }

  static Stream<Throwable> neverConnected() {
    return Stream.of(
        new ConnectException("Connection refused"),
        new HttpHostConnectException("Connect to example.com:443 failed"),
        new ConnectTimeoutException("Connect timed out"),
        new ConnectionRequestTimeoutException("Timeout deadline: 3000 ms"),
        new RequestNotExecutedException(),
        new UnknownHostException("example.com"),
        new NoRouteToHostException("No route to host"),
        new BindException("Cannot assign requested address"),
        new MailConnectException(
            new SocketConnectException(
                "refused", new ConnectException("refused"), "mail.example.com", 25, 1000)),
        new MailConnectException(
            new SocketConnectException(
                "timeout", new SocketTimeoutException("timeout"), "mail.example.com", 25, 1000)));
  }

  @ParameterizedTest
  @MethodSource("neverConnected")
  void without_a_connection_nothing_was_sent_and_it_may_be_tried_again(Exception error) {
    assertThat(RetryPolicy.kind(error)).isEqualTo(TEMPORARY);
    assertThat(RetryPolicy.hasNeverConnected(error)).isTrue();
    assertThat(RetryPolicy.kind(wrapped(error))).isEqualTo(TEMPORARY);
    assertThat(RetryPolicy.hasNeverConnected(wrapped(error))).isTrue();
  }

  @Test
  void a_refused_connection_is_tried_again_at_once_and_one_that_timed_out_is_not() {
    var refused = new ConnectException("Connection refused");
    assertThat(policy.isWorthAnImmediateRetry(refused)).isTrue();
    assertThat(policy.isWorthAnImmediateRetry(wrapped(refused))).isTrue();
    assertThat(policy.isWorthAnImmediateRetry(new ConnectTimeoutException("timed out"))).isFalse();
  }

  @ParameterizedTest
  @MethodSource({"mayHaveArrived", "neverSent"})
  void a_failure_on_a_connection_that_stood_is_not_tried_again_at_once(Throwable error) {
    assertThat(policy.isWorthAnImmediateRetry(error)).isFalse();
  }

  static Stream<Throwable> mayHaveArrived() {
    return Stream.of(
        new SocketTimeoutException("Read timed out"),
        new MessageConstraintException("Maximum line length limit exceeded"),
        new MalformedChunkCodingException("Bad chunk header"),
        new ClientProtocolException(new ProtocolException("Invalid header")),
        new NoHttpResponseException("example.com:443 failed to respond"),
        new ConnectionClosedException("Connection closed by peer"),
        new SocketException("Connection reset"),
        new SocketException("Broken pipe"),
        new SSLException("Connection reset"),
        new EOFException(),
        new MessagingException("Exception reading response", new SocketTimeoutException()),
        smtp(".", -1, "[EOF]"),
        smtp("BDAT 0 LAST", -1, "[EOF]"));
  }

  @ParameterizedTest
  @MethodSource("mayHaveArrived")
  void without_an_answer_nobody_knows_whether_it_arrived(Exception error) {
    assertThat(RetryPolicy.kind(error)).isEqualTo(UNKNOWN);
    assertThat(RetryPolicy.kind(wrapped(error))).isEqualTo(UNKNOWN);
    assertThat(RetryPolicy.hasNeverConnected(error)).isFalse();
  }

  static Stream<Throwable> neverSent() {
    return Stream.of(
        new SSLHandshakeException("PKIX path building failed"),
        new SSLPeerUnverifiedException("Certificate for <example.com> doesn't match"),
        new SSLHandshakeException("Remote host terminated the handshake")
            .initCause(new EOFException()),
        new MessagingException(
            "Could not convert socket to TLS", new SSLHandshakeException("bad certificate")),
        new AuthenticationFailedException("535 5.7.8 Error: authentication failed"));
  }

  @ParameterizedTest
  @MethodSource("neverSent")
  void what_failed_before_the_request_left_is_temporary(Throwable error) {
    assertThat(RetryPolicy.kind(error)).isEqualTo(TEMPORARY);
    assertThat(RetryPolicy.hasNeverConnected(error)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "421, TEMPORARY",
    "450, TEMPORARY",
    "451, TEMPORARY",
    "452, TEMPORARY",
    "501, PERMANENT",
    "550, PERMANENT",
    "551, PERMANENT",
    "552, TEMPORARY",
    "553, PERMANENT",
    "554, TEMPORARY",
    "556, PERMANENT",
    "530, TEMPORARY",
    "535, TEMPORARY",
    "-1, TEMPORARY"
  })
  void a_mail_server_without_enhanced_codes_says_by_three_digits_whether_the_address_exists(
      int code, FailureKind kind) throws AddressException {
    var lead = new InternetAddress("ada@example.com");
    var recipient = new SMTPAddressFailedException(lead, "RCPT TO:<ada@example.com>", code, "no");

    assertThat(RetryPolicy.kind(recipient)).isEqualTo(kind);
    assertThat(RetryPolicy.kind(new SendFailedException("Invalid Addresses", recipient)))
        .isEqualTo(kind);
    assertThat(RetryPolicy.kind(wrapped(new SendFailedException("Invalid", recipient))))
        .isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "RCPT, 550 5.1.1 no such user, PERMANENT",
    "RCPT, 550 5.1.2 no such domain, PERMANENT",
    "RCPT, 550 5.1.10 null MX, PERMANENT",
    "., 550 5.1.1 no such user, PERMANENT",
    "., 550 5.1.7 bad sender, TEMPORARY",
    "MAIL, 550 5.1.0 sender rejected, TEMPORARY",
    "MAIL, 553 not your address, TEMPORARY",
    "RCPT, 450 4.1.1 not now, TEMPORARY",
    "RCPT, 550 5.2.1 disabled, TEMPORARY",
    "RCPT, 552 5.2.2 mailbox full, TEMPORARY",
    "., 554 5.2.0 store driver, TEMPORARY",
    "., 552 5.3.4 too big, TEMPORARY",
    "RCPT, 550 5.4.1 access denied, TEMPORARY",
    "DATA, 503 5.5.1 bad sequence, TEMPORARY",
    "., 550 5.6.0 what is this, TEMPORARY",
    "., 550 5.7.1 spam, TEMPORARY",
    "RCPT, 550 5.7.60 not your sender, TEMPORARY",
    "., 550 we do not like you, TEMPORARY",
    "'', 554 no service, TEMPORARY",
    "'', 421 busy, TEMPORARY",
    "EHLO, 504 a dotted name, TEMPORARY",
    "AUTH, 535 5.7.8 wrong, TEMPORARY",
    "AUTH, 432 4.3.2 too many, TEMPORARY"
  })
  void a_mail_server_says_by_the_enhanced_code_whether_to_come_back(
      String command, String answer, FailureKind kind) {
    var code = Integer.parseInt(answer.substring(0, 3));
    var line = command + (command.isEmpty() || command.equals(".") ? "" : " TO:<a@example.com>");

    assertThat(RetryPolicy.kind(new MailServerAnsweredException(code, line, answer, null)))
        .isEqualTo(kind);
    assertThat(RetryPolicy.kind(smtp(line, code, answer))).isEqualTo(kind);
  }

  static Stream<Arguments> others() {
    return Stream.of(
        arguments(new IllegalArgumentException("A fault of ours."), TEMPORARY),
        arguments(wrapped(new IllegalArgumentException("A fault of ours.")), TEMPORARY),
        arguments(new AddressException("Missing final '@domain'"), PERMANENT),
        arguments(new SendFailedException("No recipient addresses"), TEMPORARY),
        arguments(new IllegalStateException("ours"), TEMPORARY),
        arguments(new NullPointerException(), TEMPORARY),
        arguments(new IOException("disk full"), TEMPORARY),
        arguments(new OutOfMemoryError(), TEMPORARY),
        arguments(null, TEMPORARY));
  }

  @ParameterizedTest
  @MethodSource("others")
  void bad_data_stays_bad_and_all_else_deserves_another_try(Throwable error, FailureKind kind) {
    assertThat(RetryPolicy.kind(error)).isEqualTo(kind);
    assertThat(RetryPolicy.hasNeverConnected(error)).isFalse();
    assertThat(policy.isWorthAnImmediateRetry(error)).isFalse();
  }

  @Test
  void the_outermost_error_that_says_something_decides() {
    var reset = new SocketException("Connection reset");
    reset.initCause(new ConnectException("of an earlier attempt"));

    assertThat(RetryPolicy.kind(reset)).isEqualTo(UNKNOWN);
    assertThat(RetryPolicy.hasNeverConnected(reset)).isFalse();
  }

  @Test
  void causes_that_run_in_a_circle_come_to_an_end() {
    var one = new RuntimeException("one");
    var two = new RuntimeException("two", one);
    one.initCause(two);

    assertThat(RetryPolicy.kind(one)).isEqualTo(TEMPORARY);
    assertThat(RetryPolicy.hasNeverConnected(one)).isFalse();
  }

  private static Exception wrapped(Exception error) {
    var cause = error instanceof IOException io ? new UncheckedIOException(io) : error;
    return new ExecutionException(new RuntimeException("while sending", cause));
  }

  private static SMTPSendFailedException smtp(String command, int code, String answer) {
    return new SMTPSendFailedException(command, code, answer, null, NONE, NONE, NONE);
  }
}
