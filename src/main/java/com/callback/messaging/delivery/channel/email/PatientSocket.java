package com.callback.messaging.delivery.channel.email;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * A connection to a mail server that ends at its deadline, whatever the server does. The answer to
 * a command must come soon; the one to the mail itself may take as long as there is, because the
 * server may look into the mail before it answers. The mail is known by its length, under TLS too:
 * a command has 512 bytes at most (RFC 5321, 4.5.3.1.4).
 */
final class PatientSocket extends Socket {

  private static final int LONGER_THAN_A_COMMAND = 1_024;

  private final long deadlineNanos;
  private long begun;

  /** For an answer to a command, in milliseconds; 0 for no limit but the deadline. */
  private volatile int patience;

  private volatile int writtenSinceAnswer;

  PatientSocket(long deadlineMs) {
    this.deadlineNanos = TimeUnit.MILLISECONDS.toNanos(deadlineMs);
  }

  @Override
  public void connect(SocketAddress server, int timeout) throws IOException {
    begun = System.nanoTime();
    super.connect(server, timeout);
  }

  /** The next mail on this connection has the whole deadline. */
  void restart() {
    begun = System.nanoTime();
    writtenSinceAnswer = 0;
  }

  @Override
  public void setSoTimeout(int timeout) {
    patience = timeout;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        limit();
        var one = super.read();
        writtenSinceAnswer = 0;
        return one;
      }

      @Override
      public int read(byte[] into, int from, int most) throws IOException {
        limit();
        var read = super.read(into, from, most);
        writtenSinceAnswer = 0;
        return read;
      }
    };
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream(super.getOutputStream()) {
      @Override
      public void write(int one) throws IOException {
        left();
        out.write(one);
        writtenSinceAnswer++;
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        left();
        out.write(bytes, from, length);
        writtenSinceAnswer += length;
      }
    };
  }

  private void limit() throws SocketException, SocketTimeoutException {
    var left = left();
    var mayTakeAll = patience == 0 || writtenSinceAnswer > LONGER_THAN_A_COMMAND;
    super.setSoTimeout(mayTakeAll ? left : Math.min(left, patience));
  }

  /** How many milliseconds are left. */
  private int left() throws SocketTimeoutException {
    var left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - (System.nanoTime() - begun));
    if (left < 1) {
      throw new SocketTimeoutException("The mail server took too long in all");
    }
    return (int) Math.min(left, Integer.MAX_VALUE);
  }
}
