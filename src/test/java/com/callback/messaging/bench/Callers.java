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

/**
 * Visitors: so many connections that are kept open, served by one thread. Leads are numbered
 * through, over all rounds, so that each is known again at the receivers.
 */
final class Callers implements AutoCloseable {

  private static final long PATIENCE_NANOS = 30_000_000_000L;
  private static final int ACCEPTED = 202;
  private static final byte[] CLOSE = "connection: close".getBytes(StandardCharsets.US_ASCII);

  private final Selector selector;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private final InetSocketAddress service;
  private final int connections;
  private int next;
  private Round round;

  private Callers(Selector selector, int port, int connections) {
    this.selector = selector;
    this.service = new InetSocketAddress("127.0.0.1", port);
    this.connections = connections;
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

    static Pace rate(int perSecond, int seconds) {
      return new Pace(perSecond * seconds, Long.MAX_VALUE / 2, perSecond);
    }
  }

  /**
   * What came of a round: leads first to end (exclusive), when each was sent (microseconds of the
   * wall clock), how many were accepted and refused, and from its begin to the last answer.
   */
  record Sent(int first, int end, long[] at, int accepted, int refused, double seconds) {

    double perSecond() {
      return accepted / seconds;
    }
  }

  private static final class Connection {
    private ByteBuffer answer = ByteBuffer.allocate(4_096);
    private SocketChannel channel;
    private boolean isAsking;
  }

  private static final class Round {
    private final byte[][] requests;
    private final int[] places;
    private final int[] phones;
    private final int first;
    private long[] at = new long[1_024];
    private int accepted;
    private int refused;
    private String refusal;

    Round(byte[][] requests, int first) {
      this.requests = requests;
      this.places = Arrays.stream(requests).mapToInt(Mark::place).toArray();
      this.phones = Arrays.stream(requests).mapToInt(Callers::phone).toArray();
      this.first = first;
    }
  }

  /** Opens the connections to a port of this machine. */
  static Callers connect(int port, int connections, int firstNumber) {
    try {
      var callers = new Callers(Selector.open(), port, connections);
      callers.next = firstNumber;
      for (var i = 0; i < connections; i++) {
        callers.idle.add(new Connection());
      }
      return callers;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The number that the next lead gets. */
  int next() {
    return next;
  }

  /** Leaves so many numbers out, for leads that come in another way; the first of them. */
  int reserve(int count) {
    var first = next;
    next += count;
    return first;
  }

  /** Sends leads to these funnels in turn and returns when the last one is answered. */
  Sent send(List<String> funnels, Pace pace) {
    round = new Round(funnels.stream().map(Callers::request).toArray(byte[][]::new), next);
    var begun = System.nanoTime();
    try {
      // Servers close connections that were idle for long.
      selector.selectNow(this::read);
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
    var seconds = (System.nanoTime() - begun) / 1e9;
    if (round.refused > 0) {
      System.out.println("Refused: " + round.refused + ", such as " + round.refusal);
    }
    return new Sent(
        round.first,
        next,
        Arrays.copyOf(round.at, next - round.first),
        round.accepted,
        round.refused,
        seconds);
  }

  private boolean mayGoOn(Pace pace, long begun) {
    return next - round.first < pace.most() && System.nanoTime() - begun < pace.nanos();
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
      if (pace.perSecond() > 0
          && System.nanoTime() - begun < (next - round.first) * 1_000_000_000L / pace.perSecond()) {
        return;
      }
      post(opened(idle.remove()));
    }
  }

  private Connection opened(Connection connection) throws IOException {
    if (connection.channel == null || !connection.channel.isOpen()) {
      connection.channel = SocketChannel.open(service);
      connection.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      connection.channel.configureBlocking(false);
      connection.channel.register(selector, SelectionKey.OP_READ, connection);
    }
    return connection;
  }

  private void post(Connection connection) throws IOException {
    var sequence = next - round.first;
    if (sequence == round.at.length) {
      round.at = Arrays.copyOf(round.at, 2 * sequence);
    }
    var which = next % round.requests.length;
    var request = round.requests[which];
    Mark.write(next, request, round.places[which]);
    // Each lead has a phone of its own, or they would all be one person's.
    Mark.write(next++, request, round.phones[which]);
    round.at[sequence] = Micros.now();
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

  /** Where the digits behind the 4 of a mobile number stand. */
  private static int phone(byte[] request) {
    var mobile = "+61 4";
    return new String(request, StandardCharsets.ISO_8859_1).indexOf(mobile) + mobile.length() - 1;
  }

  private static byte[] request(String funnel) {
    var body =
        """
        {"funnelId":"%s","contactName":"Ada %s","contactPhone":"+61 400000000",\
        "contactEmail":"ada@example.com","message":"Please call after five, about the kitchen."}"""
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
