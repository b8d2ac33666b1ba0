package com.callback.messaging.platform.startup;

import java.net.InetAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.subethamail.smtp.server.SMTPServer;

/**
 * A mail server inside the process that delivers nothing to anybody: what it receives goes to a
 * {@link CaughtMailSink}. Listens on this machine only. A bean of this type exists exactly when no
 * mail server is configured.
 */
public final class MailCatcher implements AutoCloseable {
  private final SMTPServer server;
  private volatile CaughtMailSink sink;

  private MailCatcher() {
    server =
        SMTPServer.port(0)
            .bindAddress(InetAddress.getLoopbackAddress())
            // Looked up otherwise, which can take seconds.
            .hostName("localhost")
            .insertReceivedHeaders(false)
            .executorService(sessions())
            .messageHandlerFactory(context -> new ArrivingMail(() -> sink))
            .build();
  }

  static MailCatcher start() {
    MailCatcher catcher = new MailCatcher();
    catcher.server.start();
    return catcher;
  }

  /** Hands every mail from now on to this sink; until then senders are asked to try again. */
  public void deliverTo(CaughtMailSink sink) {
    this.sink = sink;
  }

  int port() {
    return server.getPortAllocated();
  }

  @Override
  public void close() {
    server.stop();
  }

  private static ExecutorService sessions() {
    return Executors.newCachedThreadPool(
        task -> {
          Thread thread = new Thread(task, "mail-catcher");
          thread.setDaemon(true);
          return thread;
        });
  }
}
