package com.callback.messaging.delivery.outbound;

import com.callback.messaging.delivery.engine.AsyncClient.Response;
import com.callback.messaging.delivery.engine.DeliverySettings;
import com.callback.messaging.delivery.engine.OutgoingRequest;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.nio.AsyncClientConnectionOperator;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes requests without a thread for each. No redirect is followed. A request ends after its
 * deadline, in which it also waits for a connection.
 *
 * <p>Nothing is repeated but a request on a kept connection that turns out to be closed: servers
 * close idle connections at any time, and the request would look lost although nobody has read it.
 * A request that must not arrive twice is repeated only if nothing of it has left.
 */
final class AsyncHttpClient implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AsyncHttpClient.class);
  private static final int IO_THREADS = 2;

  private final String name;
  private final long deadlineMillis;
  private final Timeout connectTimeout;
  private final Timeout responseTimeout;
  private final CloseableHttpAsyncClient client;
  private final ScheduledThreadPoolExecutor deadlines;
  private ConnectThreads connects;
  private volatile boolean isClosed;

  /**
   * @param name whom requests go to, for the names of its threads
   * @param names resolves host names, and refuses addresses that requests may not go to
   */
  AsyncHttpClient(
      String name,
      DnsResolver names,
      OutboundSettings settings,
      DeliverySettings delivery,
      String userAgent) {
    this.name = name;
    this.deadlineMillis = delivery.deadlineMs();
    this.connectTimeout = Timeout.ofMilliseconds(delivery.connectTimeoutMs());
    this.responseTimeout = Timeout.ofMilliseconds(delivery.responseTimeoutMs());
    this.deadlines =
        new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory(name + "-deadline", true));
    this.deadlines.setRemoveOnCancelPolicy(true);
    this.client =
        HttpAsyncClientBuilder.create()
            .setConnectionManager(connections(names, settings))
            .setHttp1Config(OutboundClients.HEAD)
            .setIOReactorConfig(
                IOReactorConfig.custom()
                    .setIoThreadCount(IO_THREADS)
                    .setSoTimeout(responseTimeout)
                    .build())
            .addExecInterceptorBefore(
                ChainElement.CONNECT.name(), "endpoint", AsyncHttpClient::located)
            .setIoReactorExceptionCallback(this::broke)
            .setThreadFactory(new DefaultThreadFactory(name + "-client", true))
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(connectTimeout)
                    .setResponseTimeout(responseTimeout)
                    .setAuthenticationEnabled(false)
                    .setProtocolUpgradeEnabled(false)
                    .build())
            .setUserAgent(userAgent)
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .disableConnectionState()
            .build();
    client.start();
  }

  private PoolingAsyncClientConnectionManager connections(
      DnsResolver names, OutboundSettings settings) {
    return new Connections(settings.connections())
        .setDnsResolver(names)
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(connectTimeout)
                .setSocketTimeout(responseTimeout)
                .setTimeToLive(OutboundClients.TIME_TO_LIVE)
                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                .build())
        .setDefaultTlsConfig(
            TlsConfig.custom()
                .setHandshakeTimeout(connectTimeout)
                .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                .build())
        .setMaxConnTotal(settings.connections())
        .setMaxConnPerRoute(settings.connectionsPerHost())
        .build();
  }

  private final class Connections extends PoolingAsyncClientConnectionManagerBuilder {

    private final int most;

    Connections(int most) {
      this.most = most;
    }

    @Override
    protected AsyncClientConnectionOperator createConnectionOperator(
        TlsStrategy tls, SchemePortResolver ports, DnsResolver names) {
      connects = new ConnectThreads(name, super.createConnectionOperator(tls, ports, names), most);
      return connects;
    }
  }

  /** As {@link com.callback.messaging.delivery.engine.AsyncClient#post} says. */
  CompletionStage<Response> post(OutgoingRequest request, boolean mayArriveTwice) {
    var end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(deadlineMillis);
    var answered = new CompletableFuture<Response>();
    var first = start(request, mayArriveTwice, end);
    first
        .response()
        .whenComplete(
            (response, failure) ->
                (first.isToBeRepeated() ? start(request, mayArriveTwice, end) : first)
                    .response()
                    .whenComplete((last, cause) -> complete(answered, last, cause)));
    return answered;
  }

  private PendingRequest start(OutgoingRequest request, boolean mayArriveTwice, long end) {
    var pending = new PendingRequest(request.url().startsWith("https:"), mayArriveTwice);
    try {
      var bell =
          deadlines.schedule(pending::timesOut, end - System.nanoTime(), TimeUnit.NANOSECONDS);
      pending.response().whenComplete((response, failure) -> bell.cancel(false));
      var context = HttpClientContext.create();
      pending.putInto(context);
      pending.runsAs(
          client.execute(producer(request, pending), pending, context, failures(pending)));
    } catch (RuntimeException e) {
      pending.failed(e);
    }
    return pending;
  }

  private static void complete(
      CompletableFuture<Response> answered, Response response, Throwable failure) {
    if (failure == null) {
      answered.complete(response);
    } else {
      answered.completeExceptionally(failure);
    }
  }

  private static void located(
      HttpRequest request,
      AsyncEntityProducer entity,
      AsyncExecChain.Scope scope,
      AsyncExecChain chain,
      AsyncExecCallback callback)
      throws HttpException, IOException {
    PendingRequest.of(scope.clientContext).runsAt(scope.execRuntime);
    chain.proceed(request, entity, scope, callback);
  }

  private static AsyncRequestProducer producer(OutgoingRequest request, PendingRequest pending) {
    var post = new BasicHttpRequest(Method.POST, URI.create(request.url()));
    request.headers().forEach(post::addHeader);
    return new BasicRequestProducer(post, new BasicAsyncEntityProducer(request.body())) {
      @Override
      public void produce(DataStreamChannel channel) throws IOException {
        pending.leaves();
        super.produce(channel);
      }
    };
  }

  /** What keeps a request from being made at all is told here only. */
  private static FutureCallback<Void> failures(PendingRequest pending) {
    return new FutureCallback<>() {
      @Override
      public void completed(Void nothing) {}

      @Override
      public void failed(Exception cause) {
        pending.failed(cause);
      }

      @Override
      public void cancelled() {
        failed(new RequestNotExecutedException("The request was broken off"));
      }
    };
  }

  /** At a stop the library stumbles over connections that it has closed itself. */
  private void broke(Exception cause) {
    if (!isClosed) {
      LOG.error(
          "A thread of the client for {} broke off ({})", name, cause.getClass().getSimpleName());
    }
  }

  /** What is under way is broken off. No route takes up its failure: its delivery is rescued. */
  @Override
  public void close() {
    isClosed = true;
    deadlines.shutdownNow();
    connects.close();
    client.close(CloseMode.IMMEDIATE);
  }
}
