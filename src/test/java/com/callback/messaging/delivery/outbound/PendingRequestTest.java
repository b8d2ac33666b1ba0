package com.callback.messaging.delivery.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.delivery.engine.RefusedBySettingsException;
import com.callback.messaging.delivery.engine.RequestProgress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How far a request has come decides what its failure means. */
class PendingRequestTest {

  private final PendingRequest request = new PendingRequest(false, true);

  @Test
  void a_deadline_before_the_request_leaves_has_sent_nothing() {
    request.timesOut();
    assertThat(RequestProgress.of(failure())).hasValue(RequestProgress.NEVER_CONNECTED);
    assertThatThrownBy(request::leaves).isInstanceOf(RequestNotExecutedException.class);
  }

  @Test
  void a_deadline_afterwards_may_have_sent_it() throws Exception {
    request.leaves();
    request.timesOut();
    assertThat(RequestProgress.of(failure())).hasValue(RequestProgress.MAY_HAVE_LEFT);
  }

  @Test
  void a_deadline_after_the_status_counts_by_the_status() throws Exception {
    request.leaves();
    request.consumeResponse(new BasicHttpResponse(503), null, null, new Ignored());
    request.timesOut();
    assertThat(request.response().join().status()).isEqualTo(503);
  }

  @Test
  void a_failure_that_leaves_open_whether_it_was_sent_says_so_only_after_it_left()
      throws Exception {
    request.failed(new SocketTimeoutException());
    assertThat(RequestProgress.of(failure())).hasValue(RequestProgress.NEVER_CONNECTED);

    var left = new PendingRequest(false, true);
    left.leaves();
    left.failed(new SocketTimeoutException());
    assertThat(left.response()).isCompletedExceptionally();
    assertThat(failure(left)).isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void a_failure_that_says_itself_that_nothing_left_stays_as_it_is() {
    request.failed(new ConnectException("refused"));
    assertThat(failure()).isInstanceOf(ConnectException.class);
    var refused = new PendingRequest(false, true);
    refused.failed(new RefusedBySettingsException("port 22"));
    assertThat(failure(refused)).isInstanceOf(RefusedBySettingsException.class);
  }

  @Test
  void a_pool_without_a_free_connection_has_sent_nothing() {
    request.failed(new TimeoutException());
    assertThat(RequestProgress.of(failure())).hasValue(RequestProgress.NEVER_CONNECTED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_kept_connection_that_was_closed_is_told_apart_from_a_slow_one(boolean hasLeft)
      throws Exception {
    if (hasLeft) {
      request.leaves();
    }
    request.failed(hasLeft ? new SocketException("reset") : new ConnectionClosedException());
    assertThat(request.isToBeRepeated()).isTrue();
    var slow = new PendingRequest(false, true);
    slow.failed(new IOException());
    assertThat(slow.isToBeRepeated()).isFalse();
  }

  @Test
  void a_request_that_must_not_arrive_twice_is_repeated_only_if_nothing_has_left()
      throws Exception {
    var kept = new PendingRequest(false, false);
    kept.failed(new ConnectionClosedException());
    assertThat(kept.isToBeRepeated()).isTrue();

    var left = new PendingRequest(false, false);
    left.leaves();
    left.failed(new ConnectionClosedException());
    assertThat(left.isToBeRepeated()).isFalse();
  }

  @Test
  void a_failure_after_the_end_changes_nothing() {
    request.timesOut();
    request.failed(new ConnectionClosedException());
    assertThat(request.isToBeRepeated()).isFalse();
    request.releaseResources();
    assertThat(failure()).hasMessage("No connection before the deadline");
  }

  private Throwable failure() {
    return failure(request);
  }

  private static Throwable failure(PendingRequest request) {
    try {
      throw new AssertionError("It was answered " + request.response().join().status());
    } catch (CompletionException e) {
      return e.getCause();
    }
  }

  private static final class Ignored
      implements org.apache.hc.core5.concurrent.FutureCallback<Void> {

    @Override
    public void completed(Void nothing) {}

    @Override
    public void failed(Exception cause) {}

    @Override
    public void cancelled() {}
  }
}
