package com.callback.messaging.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Visitors: so many connections, served by one thread, which are kept open for one round of leads.
 */
final class Callers implements AutoCloseable {

  private static final long PATIENCE_NANOS = 30_000_000_000L;
  private static final int ACCEPTED = 202;
  private static final byte[] CLOSE = "connection: close".getBytes(StandardCharsets.US_ASCII);

  private final Selector selector;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private final Numbers numbers;
  private final int connections;
  private Round round;

  private Callers(Selector selector, List<Integer> ports, int connections, Numbers numbers) {
    this.selector = selector;
    this.numbers = numbers;
    this.connections = connections;
    for (var i = 0; i < connections; i++) {
      idle.add(new Connection(ports.get(i % ports.size())));
    }
  }

  /**
   * How to send a round of leads.
   *
   * @param most no more leads than these
   * @param nanos no longer than this
   * @param perSecond the rate; 0 for each connection as fast as it is answered
   */
  record Pace(int most, long nanos, int perSecond) {

    static Pace seconds(double seconds) {
      return new Pace(Integer.MAX_VALUE, (long) (seconds * 1e9), 0);
    }

    static Pace leads(int most) {
      return new Pace(most, Long.MAX_VALUE / 2, 0);
    }

    static Pace rate(int perSecond, double seconds) {
      return new Pace((int) (perSecond * seconds), Long.MAX_VALUE / 2, perSecond);
    }
  }

  /**
   * What came of a round: leads first to end (exclusive), when each was due to be sent and when it
   * was answered (microseconds of the wall clock), how many were accepted and refused, how the
   * first refusal reads, and the seconds from the begin to the last answer.
   */
  record Sent(
      int first,
      int end,
      long[] at,
      long[] answeredAt,
      int accepted,
      int refused,
      String refusal,
      double seconds) {

    double perSecond() {
      return accepted / seconds;
    }

    /** How long each answer took, in milliseconds. */
    double[] answerMillis() {
      return IntStream.range(0, at.length)
          .mapToDouble(lead -> (answeredAt[lead] - at[lead]) / 1_000.0)
          .toArray();
    }
  }

  private static final class Connection {
    private final InetSocketAddress service;
    private ByteBuffer answer = ByteBuffer.allocate(4_096);
    private SocketChannel channel;
    private boolean isAsking;
    private int lead;

    Connection(int port) {
      service = new InetSocketAddress("127.0.0.1", port);
    }
  }

  private static final class Round {
    private final byte[][] requests;
    private final int[] places;
    private final int[] phones;
    private final int[] emails;
    private final int first;
    private final long begun = Micros.now();
    private long[] at = new long[1_024];
    private long[] answeredAt = new long[1_024];
    private int accepted;
    private int refused;
    private String refusal;

    Round(byte[][] requests, int first) {
      this.requests = requests;
      this.places = Arrays.stream(requests).mapToInt(Mark::place).toArray();
      this.phones = Arrays.stream(requests).mapToInt(one -> behind(one, "+61 4")).toArray();
      this.emails = Arrays.stream(requests).mapToInt(one -> behind(one, "ada.q")).toArray();
      this.first = first;
    }
  }

  /** Makes connections to these ports of this machine, which are opened with the first leads. */
  static Callers connect(List<Integer> ports, int connections, Numbers numbers) {
    try {
      return new Callers(Selector.open(), ports, connections, numbers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends leads to these funnels in turn and returns when the last one is answered. */
  Sent send(List<String> funnels, Pace pace) {
    round =
        new Round(funnels.stream().map(Callers::request).toArray(byte[][]::new), numbers.peek());
    var begun = System.nanoTime();
    try {
      while (mayGoOn(pace, begun)) {
        sendDue(pace, begun);
        selector.select(this::read, pace.perSecond() == 0 ? 1_000 : 1);
        requirePatience(begun, pace);
      }
      var ended = System.nanoTime();
      while (idle.size() < connections) {
        selector.select(this::read, 1_000);
        if (System.nanoTime() - ended > PATIENCE_NANOS) {
          throw new IllegalStateException("No answer within half a minute");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var count = sent();
    return new Sent(
        round.first,
        round.first + count,
        Arrays.copyOf(round.at, count),
        Arrays.copyOf(round.answeredAt, count),
        round.accepted,
        round.refused,
        round.refusal,
        (System.nanoTime() - begun) / 1e9);
  }

  private int sent() {
    return numbers.peek() - round.first;
  }

  private boolean mayGoOn(Pace pace, long begun) {
    return sent() < pace.most() && System.nanoTime() - begun < pace.nanos();
  }

  private void requirePatience(long begun, Pace pace) {
    var most =
        pace.perSecond() == 0 ? 600_000_000_000L : pace.most() * 4_000_000_000L / pace.perSecond();
    if (System.nanoTime() - begun > most) {
      throw new IllegalStateException("The service does not keep up with the callers");
    }
  }

  private void sendDue(Pace pace, long begun) throws IOException {
    while (!idle.isEmpty() && mayGoOn(pace, begun)) {
      if (pace.perSecond() == 0) {
        post(opened(idle.remove()), Micros.now());
        continue;
      }
      var due = sent() * 1_000_000L / pace.perSecond();
      if (System.nanoTime() - begun < due * 1_000) {
        return;
      }
      // What is sent late because all connections wait counts from when it was due.
      post(opened(idle.remove()), round.begun + due);
    }
  }

  private Connection opened(Connection connection) throws IOException {
    if (connection.channel == null || !connection.channel.isOpen()) {
      connection.channel = SocketChannel.open(connection.service);
      connection.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      connection.channel.configureBlocking(false);
      connection.channel.register(selector, SelectionKey.OP_READ, connection);
    }
    return connection;
  }

  private void post(Connection connection, long at) throws IOException {
    var sequence = sent();
    if (sequence == round.at.length) {
      round.at = Arrays.copyOf(round.at, 2 * sequence);
      round.answeredAt = Arrays.copyOf(round.answeredAt, 2 * sequence);
    }
    var number = numbers.take();
    var which = number % round.requests.length;
    var request = round.requests[which];
    Mark.write(number, request, round.places[which]);
    // Each lead has a phone and an address of its own, or they would all be one person's.
    Mark.write(number, request, round.phones[which]);
    Mark.write(number, request, round.emails[which]);
    round.at[sequence] = at;
    connection.lead = sequence;
    connection.isAsking = true;
    var bytes = ByteBuffer.wrap(request);
    while (bytes.hasRemaining()) {
      connection.channel.write(bytes);
    }
  }

  private void read(SelectionKey key) {
    var connection = (Connection) key.attachment();
    try {
      if (!connection.answer.hasRemaining()) {
        connection.answer = HttpFrame.roomier(connection.answer);
      }
      if (connection.channel.read(connection.answer) < 0) {
        connection.channel.close();
        if (connection.isAsking) {
          throw new IOException("A connection was closed before the answer");
        }
        return;
      }
      var end = HttpFrame.end(connection.answer.array(), connection.answer.position());
      if (end != HttpFrame.INCOMPLETE) {
        take(connection, end);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(Connection connection, int end) throws IOException {
    var answer = connection.answer.array();
    round.answeredAt[connection.lead] = Micros.now();
    note(answer, end);
    if (HttpFrame.contains(answer, end, CLOSE)) {
      connection.channel.close();
    }
    connection.answer.clear();
    connection.isAsking = false;
    idle.add(connection);
  }

  private void note(byte[] answer, int end) {
    if (HttpFrame.status(answer) == ACCEPTED) {
      round.accepted++;
    } else if (round.refused++ == 0) {
      round.refusal = new String(answer, 0, end, StandardCharsets.UTF_8);
    }
  }

  /** The place of the last character of this text: digits are written behind it. */
  private static int behind(byte[] request, String text) {
    return new String(request, StandardCharsets.ISO_8859_1).indexOf(text) + text.length() - 1;
  }

  private static byte[] request(String funnel) {
    var body =
        """
        {"funnelId":"%s","contactName":"Ada Lovelace %s","contactPhone":"+61 400000000",\
        "contactEmail":"ada.q00000000@example.com","subject":"Please call me back",\
        "message":"I would like an offer for the roof of my house, best in the afternoon.",\
        "priority":"medium","metadata":{"source":"funnel","step":4}}"""
            .formatted(funnel, Mark.NONE);
    return """
    POST /api/messages HTTP/1.1\r
    Host: localhost\r
    Content-Type: application/json\r
    Accept: application/json\r
    Content-Length: %d\r
    \r
    %s"""
        .formatted(body.length(), body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    try {
      for (var key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
