package com.callback.messaging.delivery.outbound;

import com.callback.messaging.delivery.engine.OutgoingRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** A client that makes requests, put together as the service does, with a short deadline. */
interface Calling extends AutoCloseable {

  int TIMEOUT_MS = 10_000;

  Answer post(String url) throws IOException;

  @Override
  void close() throws IOException;

  /** The client of channels that send each delivery on its own. */
  static Calling waiting(OutboundRules rules, Names names, long deadlineMs) {
    return new Waiting(rules, names, deadlineMs);
  }

  /** The client of channels that send batches. */
  static Calling asynchronously(OutboundRules rules, Names names, long deadlineMs) {
    return new Asynchronous(rules, names, deadlineMs);
  }

  /** It holds a thread until the response is there. */
  final class Waiting implements Calling {

    private final ResponseLimit limit;
    private final CloseableHttpClient client;

    private Waiting(OutboundRules rules, DnsResolver names, long deadlineMs) {
      limit = new ResponseLimit(deadlineMs);
      var builder =
          HttpClientBuilder.create()
              .disableRedirectHandling()
              .disableAutomaticRetries()
              .disableContentCompression();
      new OutboundClients(limit, Rules.settings(List.of(), "any"), TIMEOUT_MS, TIMEOUT_MS)
          .client(new CheckedNames(rules, names))
          .configureHttpClient(builder);
      client = builder.build();
    }

    @Override
    public Answer post(String url) throws IOException {
      var request = new HttpPost(url);
      request.setEntity(new StringEntity("{}", ContentType.APPLICATION_JSON));
      return client.execute(
          request,
          response ->
              new Answer(
                  response.getCode(),
                  response.getEntity() == null
                      ? new byte[0]
                      : EntityUtils.toByteArray(response.getEntity())));
    }

    @Override
    public void close() throws IOException {
      client.close();
      limit.close();
    }
  }

  /** It waits here for what it would be told later. */
  final class Asynchronous implements Calling {

    private final AsyncHttpClient client;

    private Asynchronous(OutboundRules rules, DnsResolver names, long deadlineMs) {
      client = LentClients.with(rules, names, deadlineMs);
    }

    @Override
    public Answer post(String url) throws IOException {
      try {
        var response =
            client
                .post(
                    OutgoingRequest.toCustomer(
                        url, Map.of(), "{}".getBytes(StandardCharsets.UTF_8)),
                    true)
                .toCompletableFuture()
                .join();
        return new Answer(response.status(), response.body());
      } catch (CompletionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
      }
    }

    @Override
    public void close() {
      client.close();
    }
  }

  record Answer(int status, byte[] body) {}

  /** Names as a customer's own name server answers them: each time as it likes. */
  final class Names implements DnsResolver {

    private final Map<String, List<List<String>>> answers = new ConcurrentHashMap<>();
    private final AtomicInteger lookUps = new AtomicInteger();

    /** First the first, then the second, and so on; the last for ever. */
    @SafeVarargs
    final Names say(String host, List<String>... addresses) {
      answers.put(host, List.of(addresses));
      return this;
    }

    int lookUps() {
      return lookUps.get();
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      var count = lookUps.getAndIncrement();
      var said = answers.get(host);
      return said == null
          ? InetAddress.getAllByName(host)
          : said.get(Math.min(count, said.size() - 1)).stream()
              .map(Rules::address)
              .toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
