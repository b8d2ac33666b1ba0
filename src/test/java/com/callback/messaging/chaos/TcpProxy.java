package com.callback.messaging.chaos;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** A network between two processes, which can be slow, swallow everything, or lose connections. */
final class TcpProxy implements AutoCloseable {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final ServerSocket server;
  private final InetSocketAddress target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Duration delay = Duration.ZERO;
  private volatile boolean silent;

  /**
   * @param target a port of this machine
   */
  TcpProxy(int target) {
    this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), target);
    try {
      server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Whatever passes is held up for this long in each direction. */
  void slow(Duration each) {
    delay = each;
  }

  /** Connections stay open and are made, and nothing passes any more. */
  void swallow() {
    silent = true;
  }

  /** All is well again; what was held up passes. */
  void heal() {
    delay = Duration.ZERO;
    silent = false;
  }

  /** Breaks every connection that stands. New ones may be made. */
  void cut() {
    open.forEach(TcpProxy::close);
  }

  @Override
  public void close() {
    heal();
    close(server);
    cut();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        connect(server.accept());
      } catch (IOException e) {
        // The target is away, and the caller was told so by a closed connection; or this has ended.
      }
    }
  }

  private void connect(Socket caller) throws IOException {
    var callee = new Socket();
    open.add(caller);
    open.add(callee);
    try {
      callee.connect(target);
      caller.setTcpNoDelay(true);
      callee.setTcpNoDelay(true);
    } catch (IOException e) {
      end(caller, callee);
      throw e;
    }
    thread(() -> pass(caller, callee));
    thread(() -> pass(callee, caller));
  }

  private void pass(Socket from, Socket to) {
    var buffer = new byte[16_384];
    try {
      var in = from.getInputStream();
      var out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        holdUp(from);
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // One side has gone: so does the other.
    } finally {
      end(from, to);
    }
  }

  private void holdUp(Socket connection) {
    if (!delay.isZero()) {
      LockSupport.parkNanos(delay.toNanos());
    }
    while (silent && !connection.isClosed()) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  private void end(Socket one, Socket other) {
    open.remove(one);
    open.remove(other);
    close(one);
    close(other);
  }

  private static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no more use either way.
    }
  }

  private static void thread(Runnable task) {
    var thread = new Thread(task, "tcp-proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
