package com.callback.messaging.delivery.outbound;

import com.callback.messaging.delivery.engine.AsyncClient.Response;
import com.callback.messaging.delivery.engine.RequestProgress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOSession;

/**
 * A request from the moment it is made until its response is read, or its deadline. It bounds what
 * a remote server may cost: of a response {@link ResponseLimit#LIMIT} bytes are kept, and a longer
 * one ends the connection. Once the status is known the request counts by it; a body that is cut
 * off or broken does not change that. A failure says whether the request may have left.
 */
final class PendingRequest implements AsyncResponseConsumer<Void> {

  /** More of them before a response are not waited for. */
  private static final int MOST_INTERIM_RESPONSES = 10;

  /** A connection that was closed before says so by then; later the server has read the request. */
  private static final long SOON_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final String NAME = PendingRequest.class.getName();

  private final boolean isSecure;
  private final boolean mayArriveTwice;
  private final CompletableFuture<Response> response = new CompletableFuture<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private volatile HttpResponse head;
  private volatile long leftAt;
  private volatile boolean hasLeft;
  private volatile IOSession session;
  private volatile boolean isToBeRepeated;
  private volatile Future<?> execution;
  private volatile Future<?> connecting;
  private volatile AsyncExecRuntime endpoint;
  private FutureCallback<Void> whole;
  private int interimResponses;

  /**
   * @param mayArriveTwice whether it may be repeated although it may have left
   */
  PendingRequest(boolean isSecure, boolean mayArriveTwice) {
    this.isSecure = isSecure;
    this.mayArriveTwice = mayArriveTwice;
  }

  static PendingRequest of(HttpContext context) {
    return (PendingRequest) context.getAttribute(NAME);
  }

  void putInto(HttpContext context) {
    context.setAttribute(NAME, this);
  }

  CompletableFuture<Response> response() {
    return response;
  }

  /** Its execution, which waits for a connection first. */
  void runsAs(Future<?> running) {
    execution = running;
  }

  /** Where its connection is, or will be. */
  void runsAt(AsyncExecRuntime runtime) {
    endpoint = runtime;
  }

  /** A connection is being made for it. */
  void connectsBy(Future<?> attempt) {
    connecting = attempt;
    if (response.isDone()) {
      attempt.cancel(true);
    }
  }

  /** The connection that was made for it, and may still have to be secured. */
  void uses(IOSession connection) {
    session = connection;
    if (response.isDone()) {
      connection.close(CloseMode.IMMEDIATE);
    }
  }

  /** Its first byte is about to leave; a name server can take longer than the deadline. */
  void leaves() throws RequestNotExecutedException {
    if (response.isDone()) {
      throw new RequestNotExecutedException("The deadline is over");
    }
    leftAt = System.nanoTime();
    hasLeft = true;
  }

  /**
   * Whether it failed because a connection of earlier requests was closed, before any response, and
   * may be made once more.
   */
  boolean isToBeRepeated() {
    return isToBeRepeated;
  }

  /**
   * Its time is over. Each part of it is ended by itself: the library forgets the later part where
   * an earlier one was over at once.
   */
  void timesOut() {
    end(
        hasLeft
            ? new SocketTimeoutException("No response before the deadline")
            : new ConnectTimeoutException("No connection before the deadline"));
    Optional.ofNullable(execution).ifPresent(running -> running.cancel(true));
    Optional.ofNullable(connecting).ifPresent(attempt -> attempt.cancel(true));
    Optional.ofNullable(session).ifPresent(open -> open.close(CloseMode.IMMEDIATE));
    Optional.ofNullable(endpoint).ifPresent(AsyncExecRuntime::discardEndpoint);
  }

  @Override
  public void informationResponse(HttpResponse interim, HttpContext context)
      throws ProtocolException {
    if (++interimResponses > MOST_INTERIM_RESPONSES) {
      throw new ProtocolException("Interim responses without end");
    }
  }

  @Override
  public void consumeResponse(
      HttpResponse begun,
      EntityDetails entity,
      HttpContext context,
      FutureCallback<Void> callback) {
    head = begun;
    whole = callback;
    if (entity == null) {
      callback.completed(null);
    }
  }

  @Override
  public void updateCapacity(CapacityChannel capacity) throws IOException {
    capacity.update(Integer.MAX_VALUE);
  }

  @Override
  public void consume(ByteBuffer part) throws IOException {
    var kept = new byte[Math.min(part.remaining(), ResponseLimit.LIMIT - body.size())];
    part.get(kept);
    body.writeBytes(kept);
    if (part.hasRemaining()) {
      throw new ConnectionClosedException("The response is longer than what is kept of it");
    }
  }

  @Override
  public void streamEnd(List<? extends Header> trailers) {
    whole.completed(null);
  }

  @Override
  public void failed(Exception cause) {
    if (!response.isDone()) {
      isToBeRepeated =
          session == null
              && head == null
              && (!hasLeft || mayArriveTwice && System.nanoTime() - leftAt < SOON_NANOS)
              && (cause instanceof ConnectionClosedException || cause instanceof SocketException);
      end(explained(cause));
    }
  }

  /** The connection has been given back, or is being closed. */
  @Override
  public void releaseResources() {
    if (head != null) {
      end(null);
    }
  }

  private void end(Throwable failure) {
    var known = head;
    if (known == null) {
      response.completeExceptionally(failure);
    } else {
      response.complete(
          new Response(
              known.getCode(),
              value(known, HttpHeaders.RETRY_AFTER),
              value(known, HttpHeaders.LOCATION),
              body.toByteArray()));
    }
  }

  private static String value(HttpResponse head, String name) {
    var header = head.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }

  /** Before the request leaves, a failure that could also come later has to say so by its type. */
  private Throwable explained(Exception cause) {
    if (hasLeft || cause instanceof RuntimeException || saysThatNothingLeft(cause)) {
      return cause;
    }
    if (cause instanceof TimeoutException) {
      return new ConnectionRequestTimeoutException("No connection was free in time");
    }
    var explained =
        isSecure && session != null && mayEndAHandshake(cause)
            ? new SSLHandshakeException("The connection ended while it was being secured")
            : new RequestNotExecutedException("The connection ended before the request");
    explained.initCause(cause);
    return explained;
  }

  private static boolean saysThatNothingLeft(Exception cause) {
    return RequestProgress.of(cause)
        .filter(progress -> progress != RequestProgress.MAY_HAVE_LEFT)
        .isPresent();
  }

  private static boolean mayEndAHandshake(Exception cause) {
    return cause instanceof SSLException
        || cause instanceof SocketException
        || cause instanceof InterruptedIOException
        || cause instanceof ConnectionClosedException;
  }
}
