package com.callback.messaging.delivery.engine;

import static com.callback.messaging.delivery.engine.FailureKind.PERMANENT;
import static com.callback.messaging.delivery.engine.FailureKind.TEMPORARY;
import static com.callback.messaging.delivery.engine.FailureKind.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
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

class FailuresTest {

  private static final Address[] NONE = {};

  private final Failures failures = new Failures();

  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 300, 301, 302, 307, 308, 400, 401, 403, 404, 408, 409, 413, 422, 423, 425, 429, 451, 499,
        500, 501, 502, 503, 504, 507, 599, 999
      })
  void a_receiver_that_answers_anything_but_410_is_called_again(int status) {
    assertThat(failures.ofException(FarEndAnsweredException.receiver(status, null, null, null)))
        .isEqualTo(TEMPORARY);
  }

  @Test
  void a_receiver_that_answers_410_is_called_no_more() {
    var gone = FarEndAnsweredException.receiver(410, null, null, null);
    assertThat(failures.ofException(gone)).isEqualTo(PERMANENT);
    assertThat(failures.isGone(wrapped(gone))).isTrue();
    assertThat(failures.isGone(FarEndAnsweredException.provider(410, null, null, null))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 401, 402, 403, 404, 408, 409, 410, 429, 500, 503})
  void a_provider_that_speaks_of_itself_or_of_the_account_is_asked_again(int status) {
    assertThat(failures.ofException(FarEndAnsweredException.provider(status, null, null, null)))
        .isEqualTo(TEMPORARY);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 422})
  void a_provider_that_refuses_the_message_is_not_asked_again(int status) {
    assertThat(failures.ofException(FarEndAnsweredException.provider(status, null, null, null)))
        .isEqualTo(PERMANENT);
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
    assertThat(failures.ofException(error)).isEqualTo(TEMPORARY);
    assertThat(failures.neverConnected(error)).isTrue();
    assertThat(failures.ofException(wrapped(error))).isEqualTo(TEMPORARY);
    assertThat(failures.neverConnected(wrapped(error))).isTrue();
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
    assertThat(failures.ofException(error)).isEqualTo(UNKNOWN);
    assertThat(failures.ofException(wrapped(error))).isEqualTo(UNKNOWN);
    assertThat(failures.neverConnected(error)).isFalse();
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
    assertThat(failures.ofException(error)).isEqualTo(TEMPORARY);
    assertThat(failures.neverConnected(error)).isFalse();
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

    assertThat(failures.ofException(recipient)).isEqualTo(kind);
    assertThat(failures.ofException(new SendFailedException("Invalid Addresses", recipient)))
        .isEqualTo(kind);
    assertThat(failures.ofException(wrapped(new SendFailedException("Invalid", recipient))))
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

    assertThat(failures.ofException(new MailServerAnsweredException(code, line, answer, null)))
        .isEqualTo(kind);
    assertThat(failures.ofException(smtp(line, code, answer))).isEqualTo(kind);
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
    assertThat(failures.ofException(error)).isEqualTo(kind);
    assertThat(failures.neverConnected(error)).isFalse();
  }

  @Test
  void the_outermost_error_that_says_something_decides() {
    var reset = new SocketException("Connection reset");
    reset.initCause(new ConnectException("of an earlier attempt"));

    assertThat(failures.ofException(reset)).isEqualTo(UNKNOWN);
    assertThat(failures.neverConnected(reset)).isFalse();
  }

  @Test
  void causes_that_run_in_a_circle_come_to_an_end() {
    var one = new RuntimeException("one");
    var two = new RuntimeException("two", one);
    one.initCause(two);

    assertThat(failures.ofException(one)).isEqualTo(TEMPORARY);
    assertThat(failures.neverConnected(one)).isFalse();
  }

  private static Exception wrapped(Exception error) {
    var cause = error instanceof IOException io ? new UncheckedIOException(io) : error;
    return new ExecutionException(new RuntimeException("while sending", cause));
  }

  private static SMTPSendFailedException smtp(String command, int code, String answer) {
    return new SMTPSendFailedException(command, code, answer, null, NONE, NONE, NONE);
  }
}
