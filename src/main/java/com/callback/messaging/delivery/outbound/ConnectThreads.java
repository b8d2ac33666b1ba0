package com.callback.messaging.delivery.outbound;

import com.callback.messaging.platform.http.AddressRange;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.nio.AsyncClientConnectionOperator;
import org.apache.hc.client5.http.nio.ManagedAsyncClientConnection;
import org.apache.hc.core5.concurrent.CallbackContribution;
import org.apache.hc.core5.concurrent.ComplexFuture;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;

/**
 * Begins connections on threads of their own, because the client looks a name up on the thread that
 * asks for the connection: a name server that hangs would hold up all other requests. An address
 * needs no look-up and no thread.
 */
final class ConnectThreads implements AsyncClientConnectionOperator, AutoCloseable {

  private static final long IDLE_SECONDS = 10;

  private final AsyncClientConnectionOperator operator;
  private final ExecutorService threads;

  /**
   * @param client whose connections they are
   * @param most how many names may be looked up at once; further connections fail
   */
  ConnectThreads(String client, AsyncClientConnectionOperator operator, int most) {
    this.operator = operator;
    this.threads =
        new ThreadPoolExecutor(
            0,
            most,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            new DefaultThreadFactory(client + "-connect", true));
  }

  @Override
  public Future<ManagedAsyncClientConnection> connect(
      ConnectionInitiator initiator,
      HttpHost host,
      Path socket,
      NamedEndpoint name,
      SocketAddress local,
      Timeout timeout,
      Object attachment,
      HttpContext context,
      FutureCallback<ManagedAsyncClientConnection> callback) {
    var request = PendingRequest.of(context);
    var connection = new ComplexFuture<>(callback);
    request.connectsBy(connection);
    run(
        host,
        connection,
        () ->
            connection.setDependency(
                operator.connect(
                    watched(initiator, request),
                    host,
                    socket,
                    name,
                    local,
                    timeout,
                    attachment,
                    context,
                    new FutureCallback<>() {
                      @Override
                      public void completed(ManagedAsyncClientConnection result) {
                        connection.completed(result);
                      }

                      @Override
                      public void failed(Exception cause) {
                        connection.failed(cause);
                      }

                      @Override
                      public void cancelled() {
                        connection.cancel();
                      }
                    })));
    return connection;
  }

  private void run(HttpHost host, ComplexFuture<?> connection, Runnable connecting) {
    Runnable task =
        () -> {
          try {
            if (!connection.isDone()) {
              connecting.run();
            }
          } catch (RuntimeException e) {
            connection.failed(e);
          }
        };
    if (isAddress(host.getHostName())) {
      task.run();
      return;
    }
    try {
      threads.execute(task);
    } catch (RejectedExecutionException e) {
      connection.failed(new ConnectionRequestTimeoutException("Too many names are looked up"));
    }
  }

  private static boolean isAddress(String host) {
    return AddressRange.literal(host.replaceAll("[\\[\\]]", "")).isPresent();
  }

  /** Gives the request its connection from the first moment, so that it can be broken off. */
  private static ConnectionInitiator watched(
      ConnectionInitiator initiator, PendingRequest request) {
    return (remote, address, local, timeout, attachment, callback) ->
        initiator.connect(
            remote,
            address,
            local,
            timeout,
            attachment,
            new CallbackContribution<>(callback) {
              @Override
              public void completed(IOSession session) {
                request.uses(session);
                callback.completed(session);
              }
            });
  }

  /** The pool calls the method above, which is told of the request; the interface has both. */
  @Override
  public Future<ManagedAsyncClientConnection> connect(
      ConnectionInitiator initiator,
      HttpHost host,
      SocketAddress local,
      Timeout timeout,
      Object attachment,
      FutureCallback<ManagedAsyncClientConnection> callback) {
    throw new UnsupportedOperationException("A connection belongs to a request");
  }

  @Override
  public void upgrade(ManagedAsyncClientConnection connection, HttpHost host, Object attachment) {
    operator.upgrade(connection, host, attachment);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
