package com.callback.messaging.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Both far ends in a process of its own, one thread in all: webhooks at {@code /hook}, touchSMS at
 * {@code /api/v2/sms}; {@code /hang} never answers and {@code /broken} answers 500.
 *
 * <p>It reads questions from standard input, a line each: {@code delay ms}, {@code count first end}
 * and {@code times first end}.
 */
final class Receiver {

  private static final byte[] SMS_PATH = "/api/v2/sms".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HANG_PATH = "/hang".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BROKEN_PATH = "/broken".getBytes(StandardCharsets.US_ASCII);
  private static final int PATH_END = 32;
  private static final byte[] NOTED = answer("200 OK", "");
  private static final byte[] FAILED = answer("500 Internal Server Error", "");
  private static final byte[] TAKEN =
      answer(
          "200 OK",
          "{\"data\":{\"messages\":[{\"status\":\"VALID\",\"to\":\"61491570156\"}],\"errors\":[]}}");

  private final Selector selector;
  private final Queue<String> questions = new ConcurrentLinkedQueue<>();
  private final Deque<Pending> pending = new ArrayDeque<>();
  private final Arrivals webhooks = new Arrivals();
  private final Arrivals texts = new Arrivals();
  private int delayMillis;

  private Receiver(Selector selector) {
    this.selector = selector;
  }

  private record Pending(long dueNanos, SelectionKey key, byte[] answer) {}

  /** First arrivals, in microseconds of the wall clock, and how many came more than once. */
  private static final class Arrivals {
    private long[] first = new long[1 << 16];
    private int[] calls = new int[1 << 16];

    void note(int number) {
      if (number >= first.length) {
        var size = Integer.highestOneBit(number) << 1;
        first = Arrays.copyOf(first, size);
        calls = Arrays.copyOf(calls, size);
      }
      if (calls[number]++ == 0) {
        first[number] = Micros.now();
      }
    }

    long at(int number) {
      return number < first.length ? first[number] : 0;
    }

    int calls(int number) {
      return number < calls.length ? calls[number] : 0;
    }
  }

  /**
   * @param arguments port, and the numbers of the loopback addresses 127.1.0.n to listen at besides
   *     127.0.0.1
   */
  public static void main(String[] arguments) throws IOException {
    var receiver = new Receiver(Selector.open());
    var port = Integer.parseInt(arguments[0]);
    receiver.listen("127.0.0.1", port);
    for (var host = 1; host <= Integer.parseInt(arguments[1]); host++) {
      receiver.listen("127.1.0." + host, port);
    }
    var asking = new Thread(receiver::readQuestions, "questions");
    asking.setDaemon(true);
    asking.start();
    System.out.println("ready");
    receiver.run();
  }

  private void listen(String address, int port) throws IOException {
    var server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(address, port), 1_024);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
  }

  private void readQuestions() {
    try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        questions.add(line);
        selector.wakeup();
      }
    } catch (IOException e) {
      // Whoever asked is gone.
    }
    System.exit(0);
  }

  private void run() throws IOException {
    while (true) {
      selector.select(this::serve, untilNextAnswer());
      while (!pending.isEmpty() && pending.peek().dueNanos() <= System.nanoTime()) {
        var due = pending.remove();
        write(due.key(), due.answer());
      }
      for (var question = questions.poll(); question != null; question = questions.poll()) {
        System.out.println(reply(question.split(" ")));
      }
    }
  }

  /** Milliseconds, at least 1; 0 is "until something happens". */
  private long untilNextAnswer() {
    return pending.isEmpty()
        ? 0
        : Math.max(1, (pending.peek().dueNanos() - System.nanoTime()) / 1_000_000);
  }

  private void serve(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        accept((ServerSocketChannel) key.channel());
      } else {
        read(key);
      }
    } catch (IOException e) {
      close(key);
    }
  }

  private void accept(ServerSocketChannel server) throws IOException {
    for (var client = server.accept(); client != null; client = server.accept()) {
      client.configureBlocking(false);
      client.setOption(StandardSocketOptions.TCP_NODELAY, true);
      client.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(8_192));
    }
  }

  private void read(SelectionKey key) throws IOException {
    var buffer = (ByteBuffer) key.attachment();
    if (!buffer.hasRemaining()) {
      buffer = HttpFrame.roomier(buffer);
      key.attach(buffer);
    }
    if (((SocketChannel) key.channel()).read(buffer) < 0) {
      close(key);
      return;
    }
    var end = HttpFrame.end(buffer.array(), buffer.position());
    if (end != HttpFrame.INCOMPLETE) {
      take(key, buffer.array(), end);
      buffer.flip().position(end);
      buffer.compact();
    }
  }

  private void take(SelectionKey key, byte[] request, int end) {
    var path = Math.min(PATH_END, end);
    if (HttpFrame.contains(request, path, HANG_PATH)) {
      return;
    }
    if (HttpFrame.contains(request, path, BROKEN_PATH)) {
      answer(key, FAILED);
      return;
    }
    var isText = HttpFrame.contains(request, path, SMS_PATH);
    var number = Mark.read(request, end);
    if (number >= 0) {
      (isText ? texts : webhooks).note(number);
    }
    answer(key, isText ? TAKEN : NOTED);
  }

  private void answer(SelectionKey key, byte[] answer) {
    if (delayMillis == 0) {
      write(key, answer);
    } else {
      pending.add(new Pending(System.nanoTime() + delayMillis * 1_000_000L, key, answer));
    }
  }

  private static void write(SelectionKey key, byte[] answer) {
    try {
      ((SocketChannel) key.channel()).write(ByteBuffer.wrap(answer));
    } catch (IOException e) {
      close(key);
    }
  }

  private static void close(SelectionKey key) {
    try {
      key.channel().close();
    } catch (IOException e) {
      // Gone either way.
    }
  }

  private String reply(String[] question) {
    if (question[0].equals("delay")) {
      delayMillis = Integer.parseInt(question[1]);
      return "ok";
    }
    var numbers = IntStream.range(Integer.parseInt(question[1]), Integer.parseInt(question[2]));
    if (question[0].equals("times")) {
      return numbers
          .mapToObj(number -> Long.toString(webhooks.at(number)))
          .collect(Collectors.joining(" "));
    }
    return count(numbers.toArray());
  }

  /** Distinct webhooks, distinct texts, calls beyond the first of each, and the last arrival. */
  private String count(int[] numbers) {
    var hooks = 0;
    var sms = 0;
    var again = 0;
    var last = 0L;
    for (var number : numbers) {
      hooks += Math.min(1, webhooks.calls(number));
      sms += Math.min(1, texts.calls(number));
      again += Math.max(0, webhooks.calls(number) - 1) + Math.max(0, texts.calls(number) - 1);
      last = Math.max(last, Math.max(webhooks.at(number), texts.at(number)));
    }
    return "%d %d %d %d".formatted(hooks, sms, again, last);
  }

  private static byte[] answer(String status, String body) {
    return "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(status, body.length(), body)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
