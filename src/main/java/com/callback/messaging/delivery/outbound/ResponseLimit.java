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
 * Bounds what a remote server may cost: a request ends after its deadline, however slowly the
 * response comes, and 20,000 bytes of a response are read, however long it is. Once the status is
 * known the request counts by it; a body that is cut off or broken does not change that.
 */
@Component
class ResponseLimit {

  /** How much of a response is read, in bytes. */
  static final int LIMIT = 20_000;

  private static final List<String> ABOUT_THE_BODY =
      List.of(HttpHeaders.CONTENT_ENCODING, HttpHeaders.CONTENT_TYPE);

  private static final String STATE = ResponseLimit.class.getName();

  private final long deadlineMillis;
  private final ScheduledExecutorService alarm =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var thread = new Thread(task, "response-deadline");
            thread.setDaemon(true);
            return thread;
          });

  ResponseLimit(@Value("${delivery.deadline-ms}") long deadlineMillis) {
    this.deadlineMillis = deadlineMillis;
  }

  /** Bounds the requests of a client, from before it connects. */
  void bound(HttpClientBuilder client) {
    client.addExecInterceptorBefore(ChainElement.CONNECT.name(), "response-limit", this::bounded);
    client.addExecInterceptorLast("connected", ResponseLimit::connected);
  }

  @PreDestroy
  void close() {
    alarm.shutdownNow();
  }

  private ClassicHttpResponse bounded(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    var state = new RequestState();
    scope.clientContext.setAttribute(STATE, state);
    var bell =
        alarm.schedule(
            () -> {
              state.isLate = true;
              scope.execRuntime.discardEndpoint();
            },
            deadlineMillis,
            TimeUnit.MILLISECONDS);
    try {
      var response = chain.proceed(request, scope);
      keepTheBeginning(response, scope);
      return response;
    } catch (IOException | RuntimeException e) {
      if (state.isLate) {
        throw state.timedOut();
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
    var state = (RequestState) scope.clientContext.getAttribute(STATE);
    if (state.isLate) {
      throw state.timedOut();
    }
    state.isConnected = true;
    return chain.proceed(request, scope);
  }

  private static void keepTheBeginning(ClassicHttpResponse response, ExecChain.Scope scope) {
    // What these say of the body need not be so; to believe them would fail on a success.
    ABOUT_THE_BODY.forEach(response::removeHeaders);
    var entity = response.getEntity();
    if (entity == null) {
      return;
    }
    var start = new ByteArrayOutputStream();
    var whole = false;
    try {
      whole = read(entity.getContent(), start);
    } catch (IOException | RuntimeException e) {
      // The status has been said; what is missing of the body is not worth another request.
      whole = false;
    }
    // The client gives a connection back when the body it knows is read; here that body is
    // replaced.
    if (whole) {
      scope.execRuntime.releaseEndpoint();
    } else {
      scope.execRuntime.discardEndpoint();
    }
    response.setEntity(new ByteArrayEntity(start.toByteArray(), null));
  }

  private static boolean read(InputStream body, ByteArrayOutputStream start) throws IOException {
    var buffer = new byte[4_096];
    int count;
    while ((count = body.read(buffer, 0, Math.min(buffer.length, LIMIT + 1 - start.size()))) > 0) {
      start.write(buffer, 0, count);
      if (start.size() > LIMIT) {
        return false;
      }
    }
    body.close();
    return true;
  }

  /** How far a request has come. */
  private static final class RequestState {

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
