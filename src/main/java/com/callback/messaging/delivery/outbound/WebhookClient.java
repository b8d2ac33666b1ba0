package com.callback.messaging.delivery.outbound;

import com.callback.messaging.delivery.engine.AsyncClient;
import com.callback.messaging.delivery.engine.DeliverySettings;
import com.callback.messaging.delivery.engine.OutgoingRequest;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
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
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Calls where a customer says, without a thread for each request: addresses are checked at each
 * connect, and no redirect is followed. A request ends after its deadline, in which it also waits
 * for a connection.
 *
 * <p>Nothing is repeated but a request on a kept connection that turns out to be closed: servers
 * close idle connections at any time, and the request would look lost although nobody has read it.
 */
@Component
class WebhookClient implements AsyncClient {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookClient.class);
  private static final int IO_THREADS = 2;

  private final long deadlineMillis;
  private final CloseableHttpAsyncClient client;
  private final ScheduledThreadPoolExecutor deadlines =
      new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("webhook-deadline", true));
  private ConnectThreads connects;
  private volatile boolean isClosed;

  @Autowired
  WebhookClient(
      OutboundRules rules,
      OutboundSettings settings,
      DeliverySettings delivery,
      @Value("${camel.component.http.user-agent}") String userAgent) {
    this(
        new CheckedNames(rules, SystemDefaultDnsResolver.INSTANCE),
        settings,
        Timeout.ofMilliseconds(delivery.connectTimeoutMs()),
        Timeout.ofMilliseconds(delivery.responseTimeoutMs()),
        delivery.deadlineMs(),
        userAgent);
  }

  WebhookClient(
      DnsResolver names,
      OutboundSettings settings,
      Timeout connectTimeout,
      Timeout responseTimeout,
      long deadlineMillis,
      String userAgent) {
    this.deadlineMillis = deadlineMillis;
    this.deadlines.setRemoveOnCancelPolicy(true);
    this.client =
        HttpAsyncClientBuilder.create()
            .setConnectionManager(connections(names, settings, connectTimeout, responseTimeout))
            .setHttp1Config(OutboundClients.HEAD)
            .setIOReactorConfig(
                IOReactorConfig.custom()
                    .setIoThreadCount(IO_THREADS)
                    .setSoTimeout(responseTimeout)
                    .build())
            .addExecInterceptorBefore(
                ChainElement.CONNECT.name(), "endpoint", WebhookClient::located)
            .setIoReactorExceptionCallback(this::broke)
            .setThreadFactory(new DefaultThreadFactory("webhook-client", true))
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
      DnsResolver names,
      OutboundSettings settings,
      Timeout connectTimeout,
      Timeout responseTimeout) {
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
      connects = new ConnectThreads(super.createConnectionOperator(tls, ports, names), most);
      return connects;
    }
  }

  @Override
  public CompletionStage<Response> post(OutgoingRequest request) {
    var end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(deadlineMillis);
    var answered = new CompletableFuture<Response>();
    var first = start(request, end);
    first
        .response()
        .whenComplete(
            (response, failure) ->
                (first.metAClosedConnection() ? start(request, end) : first)
                    .response()
                    .whenComplete((last, cause) -> complete(answered, last, cause)));
    return answered;
  }

  private PendingRequest start(OutgoingRequest request, long end) {
    var pending = new PendingRequest(request.url().startsWith("https:"));
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
      LOG.error("A thread of the webhook client broke off ({})", cause.getClass().getSimpleName());
    }
  }

  /** What is under way is broken off. No route takes up its failure: it is sent again later. */
  @PreDestroy
  void close() {
    isClosed = true;
    deadlines.shutdownNow();
    connects.close();
    client.close(CloseMode.IMMEDIATE);
  }
}
