package com.callback.messaging.delivery;

import static com.callback.messaging.delivery.FailureKind.PERMANENT;
import static com.callback.messaging.delivery.FailureKind.TEMPORARY;
import static com.callback.messaging.delivery.FailureKind.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
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
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
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
  @ValueSource(ints = {408, 425, 429, 500, 501, 502, 503, 504, 507, 599, 0, 999})
  void a_status_that_time_may_mend_is_temporary(int status) {
    assertThat(failures.ofStatus(status)).isEqualTo(TEMPORARY);
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 301, 302, 307, 308, 400, 401, 403, 404, 410, 413, 422, 451, 499})
  void a_refusal_or_a_redirect_is_permanent(int status) {
    assertThat(failures.ofStatus(status)).isEqualTo(PERMANENT);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 204, 299})
  void a_success_is_no_failure(int status) {
    assertThatIllegalArgumentException().isThrownBy(() -> failures.ofStatus(status));
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
    "550, PERMANENT",
    "552, PERMANENT",
    "553, PERMANENT",
    "554, PERMANENT",
    "530, TEMPORARY",
    "535, TEMPORARY",
    "-1, TEMPORARY"
  })
  void a_mail_server_says_by_its_first_digit_whether_to_come_back(int code, FailureKind kind)
      throws AddressException {
    var lead = new InternetAddress("ada@example.com");
    var recipient = new SMTPAddressFailedException(lead, "RCPT TO", code, "no");

    assertThat(failures.ofException(smtp("MAIL FROM", code, "no"))).isEqualTo(kind);
    assertThat(failures.ofException(recipient)).isEqualTo(kind);
    assertThat(failures.ofException(new SMTPSenderFailedException(lead, "MAIL FROM", code, "no")))
        .isEqualTo(kind);
    assertThat(failures.ofException(new SendFailedException("Invalid Addresses", recipient)))
        .isEqualTo(kind);
    assertThat(failures.ofException(wrapped(new SendFailedException("Invalid", recipient))))
        .isEqualTo(kind);
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
