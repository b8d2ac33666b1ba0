package com.callback.messaging.chaos;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/** A mail server that keeps nothing but the ids of what it took. */
final class MailReceiver implements AutoCloseable {

  private static final Pattern MESSAGE_ID =
      Pattern.compile("^Message-ID:\\s*<([^@>]+)@", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  private final Arrivals arrivals = new Arrivals();
  private final SMTPServer server =
      SMTPServer.port(0)
          .bindAddress(InetAddress.getLoopbackAddress())
          .hostName("localhost")
          .messageHandler((context, from, to, data) -> receive(data))
          .build();
  private volatile Mood mood = Mood.WELL;

  MailReceiver() {
    server.start();
  }

  int port() {
    return server.getPortAllocated();
  }

  Arrivals arrivals() {
    return arrivals;
  }

  void behave(Mood now) {
    mood = now;
  }

  @Override
  public void close() {
    server.stop();
  }

  private void receive(byte[] data) throws RejectException {
    var id = id(new String(data, StandardCharsets.ISO_8859_1));
    switch (mood) {
      case WELL -> arrivals.taken(id);
      case HANGING -> {
        arrivals.unanswered(id);
        LockSupport.parkNanos(Tuning.DEADLINE.multipliedBy(2).toNanos());
        throw new RejectException(421, "That took too long");
      }
      case DROPPING -> throw new RejectException(421, "Closing down");
      default -> throw new RejectException(451, "Try again later");
    }
  }

  private static String id(String mail) {
    var header = MESSAGE_ID.matcher(mail);
    return header.find() ? header.group(1) : "no id";
  }
}
