package com.callback.messaging.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A receiver that answers byte by byte what no server would. */
public final class RawReceiver implements AutoCloseable {

  private static final long DRIP_NANOS = 20_000_000;

  private final ServerSocket server;
  private final Script script;
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong connections = new AtomicLong();
  private final AtomicLong closings = new AtomicLong();
  private volatile boolean isClosed;

  /** What is answered to a request, or to a connection on which none is awaited. */
  @FunctionalInterface
  public interface Script {
    void answer(Wire wire) throws IOException;
  }

  private RawReceiver(boolean awaitsRequest, Script script) {
    this.script = script;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start("raw-receiver", () -> accept(awaitsRequest));
  }

  /** Answers each request so. */
  public static RawReceiver answering(Script script) {
    return new RawReceiver(true, script);
  }

  /** Says this before it has heard anything. */
  public static RawReceiver greeting(Script script) {
    return new RawReceiver(false, script);
  }

  public int port() {
    return server.getLocalPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port() + "/hook";
  }

  /** The request lines and headers of each request. */
  public List<String> heads() {
    return heads;
  }

  /** How many bytes the caller, or the wire between, took. */
  public long written() {
    return written.get();
  }

  public long connections() {
    return connections.get();
  }

  /** How many of the connections are closed. */
  public long closings() {
    return closings.get();
  }

  @Override
  public void close() {
    isClosed = true;
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(boolean awaitsRequest) {
    while (!isClosed) {
      try {
        var socket = server.accept();
        connections.incrementAndGet();
        start("raw-answer", () -> serve(socket, awaitsRequest));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket, boolean awaitsRequest) {
    try (socket) {
      var wire = new Wire(socket);
      while (!wire.isOver && (!awaitsRequest || readRequest(socket.getInputStream()))) {
        script.answer(wire);
      }
    } catch (IOException e) {
      // The caller has heard enough.
    } finally {
      closings.incrementAndGet();
    }
  }

  private boolean readRequest(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return false;
      }
      head.append((char) next);
    }
    heads.add(head.toString());
    in.readNBytes(
        head.toString()
            .lines()
            .map(line -> line.toLowerCase(Locale.ROOT))
            .filter(line -> line.startsWith("content-length:"))
            .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
            .findFirst()
            .orElse(0));
    return true;
  }

  private static void start(String name, Runnable task) {
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** The way back to the caller. */
  public final class Wire {

    private final OutputStream out;
    private boolean isOver;

    private final Socket socket;

    private Wire(Socket socket) throws IOException {
      this.socket = socket;
      this.out = socket.getOutputStream();
    }

    public Wire say(String text) throws IOException {
      return say(text.getBytes(ISO_8859_1));
    }

    public Wire say(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
      written.addAndGet(bytes.length);
      return this;
    }

    /** Says it again and again until the caller hangs up. */
    public void forEver(String text) throws IOException {
      while (!isClosed) {
        say(text);
      }
    }

    /** Says it one byte at a time, with a pause after each, again and again. */
    public void drip(String text) throws IOException {
      for (int i = 0; !isClosed; i = (i + 1) % text.length()) {
        say(text.substring(i, i + 1));
        LockSupport.parkNanos(DRIP_NANOS);
      }
    }

    /** Breaks the connection off, so that the caller's next read fails. */
    public void reset() throws IOException {
      // The caller has begun to read: what is on its way would be lost with the connection.
      LockSupport.parkNanos(10 * DRIP_NANOS);
      socket.setSoLinger(true, 0);
      isOver = true;
    }

    /** Closes the connection after this answer. */
    public void hangUp() {
      isOver = true;
    }
  }
}
