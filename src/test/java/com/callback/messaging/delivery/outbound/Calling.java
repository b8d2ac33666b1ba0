package com.callback.messaging.delivery.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** The client that makes calls, put together as the service does, with a short deadline. */
final class Calling implements AutoCloseable {

  private static final int TIMEOUT_MS = 10_000;

  private final AnswerLimit limit;
  private final CloseableHttpClient client;

  private Calling(OutboundRules rules, DnsResolver names, long deadlineMs) {
    limit = new AnswerLimit(deadlineMs);
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

  static Calling with(OutboundRules rules, Names names) {
    return new Calling(rules, names, TIMEOUT_MS);
  }

  /** To this machine, ending after this long. */
  static Calling here(long deadlineMs) {
    return new Calling(Rules.allowing("127.0.0.0/8"), new Names(), deadlineMs);
  }

  Answer post(String url) throws IOException {
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

  record Answer(int status, byte[] body) {}

  /** Names as a customer's own name server answers them: each time as it likes. */
  static final class Names implements DnsResolver {

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
