package com.callback.messaging.delivery.outbound;

import jakarta.annotation.PreDestroy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Bounds what a far end may cost: a call ends after its deadline however slowly it drips, and of an
 * answer 20,000 bytes are read, however long it is. Once the status is known the call counts by it;
 * a body that is cut off or broken does not change that.
 */
@Component
class AnswerLimit {

  /** What is read of an answer, in bytes. */
  static final int LIMIT = 20_000;

  private static final List<String> ABOUT_THE_BODY =
      List.of(HttpHeaders.CONTENT_ENCODING, HttpHeaders.CONTENT_TYPE);

  private static final String CALL = AnswerLimit.class.getName();

  private final long deadlineMillis;
  private final ScheduledExecutorService alarm =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var thread = new Thread(task, "answer-deadline");
            thread.setDaemon(true);
            return thread;
          });

  AnswerLimit(@Value("${delivery.deadline-ms}") long deadlineMillis) {
    this.deadlineMillis = deadlineMillis;
  }

  /** Bounds the calls of a client, from before it connects. */
  void bound(HttpClientBuilder client) {
    client.addExecInterceptorBefore(ChainElement.CONNECT.name(), "answer-limit", this::bounded);
    client.addExecInterceptorLast("connected", AnswerLimit::connected);
  }

  @PreDestroy
  void close() {
    alarm.shutdownNow();
  }

  private ClassicHttpResponse bounded(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    var call = new Call();
    scope.clientContext.setAttribute(CALL, call);
    var bell =
        alarm.schedule(
            () -> {
              call.isLate = true;
              scope.execRuntime.discardEndpoint();
            },
            deadlineMillis,
            TimeUnit.MILLISECONDS);
    try {
      var response = chain.proceed(request, scope);
      keepTheBeginning(response, scope);
      return response;
    } catch (IOException | RuntimeException e) {
      if (call.isLate) {
        throw call.timedOut();
      }
      throw e;
    } finally {
      bell.cancel(false);
    }
  }

  /** A name server can take longer than the deadline; then nothing may be sent any more. */
  private static ClassicHttpResponse connected(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    var call = (Call) scope.clientContext.getAttribute(CALL);
    if (call.isLate) {
      throw call.timedOut();
    }
    call.isConnected = true;
    return chain.proceed(request, scope);
  }

  private static void keepTheBeginning(ClassicHttpResponse response, ExecChain.Scope scope) {
    // What these say of the body need not be so; whoever believed them would fail on a success.
    ABOUT_THE_BODY.forEach(response::removeHeaders);
    var entity = response.getEntity();
    if (entity == null) {
      return;
    }
    var kept = new ByteArrayOutputStream();
    var whole = false;
    try {
      whole = read(entity.getContent(), kept);
    } catch (IOException | RuntimeException e) {
      // The status has been said; what is missing of the body is not worth another call.
      whole = false;
    }
    // The client gives a connection back when the body it knows is read; here that body is
    // replaced.
    if (whole) {
      scope.execRuntime.releaseEndpoint();
    } else {
      scope.execRuntime.discardEndpoint();
    }
    response.setEntity(new ByteArrayEntity(kept.toByteArray(), null));
  }

  private static boolean read(InputStream body, ByteArrayOutputStream kept) throws IOException {
    var buffer = new byte[4_096];
    int count;
    while ((count = body.read(buffer, 0, Math.min(buffer.length, LIMIT + 1 - kept.size()))) > 0) {
      kept.write(buffer, 0, count);
      if (kept.size() > LIMIT) {
        return false;
      }
    }
    body.close();
    return true;
  }

  /** How far a call has come. */
  private static final class Call {

    private volatile boolean isLate;
    private volatile boolean isConnected;

    /** Before a connection stood, nothing can have arrived. */
    private IOException timedOut() {
      return isConnected
          ? new SocketTimeoutException("No answer before the deadline")
          : new ConnectTimeoutException("No connection before the deadline");
    }
  }
}
