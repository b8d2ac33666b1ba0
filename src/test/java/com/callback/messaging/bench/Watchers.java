package com.callback.messaging.bench;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Those who watch: thousands of open streams, each a connection of its own, read by one thread. */
final class Watchers implements AutoCloseable {

  /** More at once would measure how connections are accepted. */
  private static final int MOST_OPENING = 50;

  private static final Pattern LEAD = Pattern.compile("\"Ada (\\d{8})\"");

  private final InetSocketAddress service;
  private final Selector selector;
  private final Thread reader = new Thread(this::read, "watchers");
  private final Queue<String> wanted = new ConcurrentLinkedQueue<>();
  private final AtomicInteger opening = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final AtomicInteger heartbeats = new AtomicInteger();
  private final Map<Integer, Arrivals> leads = new ConcurrentHashMap<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(65_536);
  private volatile boolean isClosed;

  Watchers(int port) {
    this.service = new InetSocketAddress("127.0.0.1", port);
    try {
      this.selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    reader.start();
  }

  private static final class Watcher {
    private final String key;
    private String rest = "";
    private boolean isOpen;

    Watcher(String key) {
      this.key = key;
    }
  }

  private static final class Arrivals {
    private long[] at = new long[1_024];
    private int count;

    synchronized void add(long nanos) {
      if (count == at.length) {
        at = Arrays.copyOf(at, 2 * count);
      }
      at[count++] = nanos;
    }

    synchronized long[] all() {
      return Arrays.copyOf(at, count);
    }
  }

  /** Opens so many more streams with an API key. */
  void open(int count, String key) {
    var target = open.get() + count;
    for (int stream = 0; stream < count; stream++) {
      wanted.add(key);
    }
    selector.wakeup();
    await().atMost(Duration.ofMinutes(10)).until(() -> open.get() >= target);
  }

  /** How many streams have ended that nobody closed. */
  int ended() {
    return ended.get();
  }

  /** How many heartbeats have come, over all streams. */
  int heartbeats() {
    return heartbeats.get();
  }

  /** When the event of a lead came to each stream, in nanoseconds, once it has come to so many. */
  long[] arrivals(int lead, int streams) {
    var arrivals = leads.computeIfAbsent(lead, number -> new Arrivals());
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> arrivals.all().length >= streams);
    return arrivals.all();
  }

  private void read() {
    try {
      while (!isClosed) {
        connect();
        selector.select(this::serve, 100);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void connect() throws IOException {
    while (opening.get() < MOST_OPENING && !wanted.isEmpty()) {
      var channel = SocketChannel.open();
      channel.configureBlocking(false);
      opening.incrementAndGet();
      channel.register(selector, SelectionKey.OP_CONNECT, new Watcher(wanted.remove()));
      channel.connect(service);
    }
  }

  private void serve(SelectionKey key) {
    var channel = (SocketChannel) key.channel();
    var watcher = (Watcher) key.attachment();
    try {
      if (key.isConnectable()) {
        channel.finishConnect();
        channel.write(ByteBuffer.wrap(request(watcher.key)));
        key.interestOps(SelectionKey.OP_READ);
        return;
      }
      buffer.clear();
      if (channel.read(buffer) < 0) {
        throw new IOException("ended");
      }
      take(watcher, System.nanoTime());
    } catch (IOException e) {
      key.cancel();
      ended.incrementAndGet();
    }
  }

  private static byte[] request(String key) {
    return "GET /api/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
        .formatted(key)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private void take(Watcher watcher, long now) throws IOException {
    var text =
        watcher.rest
            + new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
    if (!watcher.isOpen && text.contains("retry:")) {
      watcher.isOpen = true;
      opening.decrementAndGet();
      open.incrementAndGet();
    } else if (!watcher.isOpen && text.contains("HTTP/1.1 ") && !text.contains(" 200")) {
      throw new IOException(text);
    }
    var lead = LEAD.matcher(text);
    var end = 0;
    while (lead.find()) {
      leads.computeIfAbsent(Integer.parseInt(lead.group(1)), number -> new Arrivals()).add(now);
      end = lead.end();
    }
    if (text.contains("\r\n:\n\n")) {
      heartbeats.incrementAndGet();
    }
    // A name may be cut in two.
    watcher.rest = text.substring(Math.max(end, text.length() - 16));
  }

  @Override
  public void close() {
    isClosed = true;
    try {
      reader.join();
      for (var key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
