package com.callback.messaging.support;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/** A mail server that refuses as a test tells it to, and remembers every mail it took. */
public final class MailEnd {

  private final List<Taken> taken = new CopyOnWriteArrayList<>();
  private volatile int refusal;
  private volatile String reason;
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private final SMTPServer server =
      SMTPServer.port(0)
          .bindAddress(InetAddress.getLoopbackAddress())
          .hostName("localhost")
          .messageHandlerFactory(context -> new Arriving())
          .build();

  public MailEnd() {
    server.start();
  }

  /** A mail as it came. */
  public record Taken(String recipient, String text) {}

  /** Refuses each recipient with this reply from now on; 0 takes them. */
  public void refuse(int code) {
    refuse(code, "Not here");
  }

  public void refuse(int code, String why) {
    reason = why;
    refusal = code;
  }

  /** From now on mails wait to be taken until {@link #letGo()}. */
  public void hang() {
    gate = new CountDownLatch(1);
  }

  public void letGo() {
    gate.countDown();
  }

  public int port() {
    return server.getPortAllocated();
  }

  /** What was taken for a recipient. */
  public List<Taken> taken(String recipient) {
    return taken.stream().filter(mail -> mail.recipient().equals(recipient)).toList();
  }

  private final class Arriving implements MessageHandler {

    private String recipient;

    @Override
    public void from(String from) {}

    @Override
    public void recipient(String recipient) throws RejectException {
      if (refusal != 0) {
        throw new RejectException(refusal, reason);
      }
      this.recipient = recipient;
    }

    @Override
    public String data(InputStream data) throws IOException {
      var mail = new String(data.readAllBytes(), StandardCharsets.UTF_8);
      try {
        gate.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      taken.add(new Taken(recipient, mail));
      return null;
    }

    @Override
    public void done() {}
  }
}
