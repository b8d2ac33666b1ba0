package com.callback.messaging.support;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all that the suite prints, its log first of all, and fails the test class after which
 * something of a lead stands there. Registered for every test class by itself.
 */
public final class WholeLog implements BeforeAllCallback, AfterAllCallback {

  private static final int SHOWN = 20;

  private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();
  private static boolean isRead;

  @Override
  public void beforeAll(ExtensionContext context) {
    synchronized (WholeLog.class) {
      if (!isRead) {
        mask();
        System.setOut(read(System.out));
        System.setErr(read(System.err));
        isRead = true;
      }
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    var found = new ArrayList<String>();
    for (var line = FOUND.poll(); line != null; line = FOUND.poll()) {
      found.add(line);
    }
    if (!found.isEmpty()) {
      throw new AssertionError(
          "Printed since the last test class, with a lead's data or a secret in it:\n"
              + String.join("\n", found.subList(0, Math.min(SHOWN, found.size()))));
    }
  }

  /** Until a test starts the service there would be no configuration, and so no mask. */
  private static void mask() {
    if (System.getProperty("logback.configurationFile") != null) {
      return;
    }
    var log = (LoggerContext) LoggerFactory.getILoggerFactory();
    log.reset();
    var configurator = new JoranConfigurator();
    configurator.setContext(log);
    try {
      configurator.doConfigure(WholeLog.class.getResource("/logback-spring.xml"));
    } catch (JoranException e) {
      throw new IllegalStateException(e);
    }
    log.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
  }

  private static PrintStream read(PrintStream to) {
    return new PrintStream(new Reader(to), true, StandardCharsets.UTF_8);
  }

  /** Passes everything on, and looks at each line. */
  private static final class Reader extends OutputStream {

    private final PrintStream to;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Reader(PrintStream to) {
      this.to = to;
    }

    @Override
    public synchronized void write(int octet) {
      to.write(octet);
      look(octet);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      to.write(bytes, offset, length);
      for (var i = offset; i < offset + length; i++) {
        look(bytes[i]);
      }
    }

    @Override
    public void flush() {
      to.flush();
    }

    private void look(int octet) {
      if (octet != '\n') {
        line.write(octet);
        return;
      }
      var text = line.toString(StandardCharsets.UTF_8);
      line.reset();
      List<String> marks = LeadMarks.in(text);
      if (!marks.isEmpty()) {
        FOUND.add(marks + " in: " + text);
      }
    }
  }
}
