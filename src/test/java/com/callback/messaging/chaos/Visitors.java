package com.callback.messaging.chaos;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * People who ask for a call back, several at a time, at each instance in turn. Whoever gets no 202
 * asks anew; each id that came with a 202 is noted, for it must arrive.
 */
final class Visitors implements AutoCloseable {

  private static final int AT_ONCE = 12;
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final Duration AFTER_NO_ANSWER = Duration.ofMillis(100);
  private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");

  private final Cluster cluster;
  private final Duration between;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final AtomicLong number = new AtomicLong();
  private final AtomicLong next = new AtomicLong(System.nanoTime());
  private final Set<String> accepted = ConcurrentHashMap.newKeySet();
  private final Map<Integer, LongAdder> refused = new ConcurrentHashMap<>();
  private final LongAdder unanswered = new LongAdder();
  private final LongAdder withoutRetryAfter = new LongAdder();

  /**
   * The last answer that is neither 202 nor 503: headers and body, for the message of a failure.
   */
  private volatile String lastUnexpected = "";

  private final CountDownLatch gone = new CountDownLatch(AT_ONCE);
  private volatile boolean enough;

  /**
   * @param perSecond how many leads are sent, as long as the service keeps up
   */
  Visitors(Cluster cluster, int perSecond) {
    this.cluster = cluster;
    this.between = Duration.ofSeconds(1).dividedBy(perSecond);
    IntStream.range(0, AT_ONCE).forEach(visitor -> start());
  }

  void awaitAccepted(int count, Duration atMost) {
    await()
        .alias(count + " leads are accepted")
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> accepted.size() >= count);
  }

  /** The ids that came with a 202. */
  Set<String> accepted() {
    return accepted;
  }

  /** Answers that were no 202, by status. */
  Map<Integer, Long> refused() {
    var counts = new TreeMap<Integer, Long>();
    refused.forEach((status, count) -> counts.put(status, count.sum()));
    return counts;
  }

  /** How often nobody answered: no connection, a broken one, or patience was over. */
  long unanswered() {
    return unanswered.sum();
  }

  long withoutRetryAfter() {
    return withoutRetryAfter.sum();
  }

  /** Nobody asks any more; returns when the last answer is in. */
  @Override
  public void close() {
    enough = true;
    try {
      gone.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void start() {
    var thread = new Thread(this::askAndAsk, "visitor");
    thread.setDaemon(true);
    thread.start();
  }

  private void askAndAsk() {
    try {
      while (!enough) {
        waitForTurn();
        ask(number.incrementAndGet());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      gone.countDown();
    }
  }

  /** What was missed while nobody answered is not made up for in one go. */
  private void waitForTurn() {
    long now = System.nanoTime();
    long turn =
        next.updateAndGet(
            before -> Math.max(before, now - between.toNanos() * AT_ONCE) + between.toNanos());
    if (turn > now) {
      LockSupport.parkNanos(turn - now);
    }
  }

  private void ask(long lead) throws InterruptedException {
    var instances = cluster.instances();
    var instance = instances.get((int) (lead % instances.size()));
    try {
      var answer = http.send(request(instance, lead), BodyHandlers.ofString());
      if (answer.statusCode() == 202) {
        accepted.add(id(answer.body()));
        instance.accepts().beat();
      } else {
        refused(answer);
      }
    } catch (IOException e) {
      unanswered.increment();
      LockSupport.parkNanos(AFTER_NO_ANSWER.toNanos());
    }
  }

  String lastUnexpected() {
    return lastUnexpected;
  }

  private void refused(HttpResponse<String> answer) {
    refused.computeIfAbsent(answer.statusCode(), first -> new LongAdder()).increment();
    if (answer.statusCode() == 503 && answer.headers().firstValue("Retry-After").isEmpty()) {
      withoutRetryAfter.increment();
    }
    if (answer.statusCode() != 503) {
      lastUnexpected = answer.headers().map() + " " + answer.body();
    }
    LockSupport.parkNanos(AFTER_NO_ANSWER.toNanos());
  }

  private HttpRequest request(Instance instance, long lead) {
    var funnels = cluster.funnels();
    var body =
        """
        {"funnelId": "%s", "contactName": "Ada Number %06d", "contactPhone": "+61 4%08d"}"""
            .formatted(funnels.get((int) (lead % funnels.size())), lead, lead);
    return HttpRequest.newBuilder(URI.create(instance.address() + "/api/messages"))
        .timeout(PATIENCE)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private static String id(String receipt) {
    var id = ID.matcher(receipt);
    if (!id.find()) {
      throw new IllegalStateException("A 202 without an id: " + receipt);
    }
    return id.group(1);
  }
}
