package com.callback.messaging.platform.logs;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.spi.AppenderAttachableImpl;
import java.util.Iterator;

/**
 * Stands before all that write the log, so that whatever their pattern or format, they are given
 * masked entries only.
 */
public final class MaskedLog extends UnsynchronizedAppenderBase<ILoggingEvent>
    implements AppenderAttachable<ILoggingEvent> {

  private final AppenderAttachableImpl<ILoggingEvent> writers = new AppenderAttachableImpl<>();

  /** For Logback, which finds the name in its configuration. */
  public MaskedLog() {}

  @Override
  protected void append(ILoggingEvent event) {
    writers.appendLoopOnAppenders(new MaskedEvent(event));
  }

  @Override
  public void stop() {
    super.stop();
    writers.detachAndStopAllAppenders();
  }

  @Override
  public void addAppender(Appender<ILoggingEvent> writer) {
    writers.addAppender(writer);
  }

  @Override
  public Iterator<Appender<ILoggingEvent>> iteratorForAppenders() {
    return writers.iteratorForAppenders();
  }

  @Override
  public Appender<ILoggingEvent> getAppender(String name) {
    return writers.getAppender(name);
  }

  @Override
  public boolean isAttached(Appender<ILoggingEvent> writer) {
    return writers.isAttached(writer);
  }

  @Override
  public void detachAndStopAllAppenders() {
    writers.detachAndStopAllAppenders();
  }

  @Override
  public boolean detachAppender(Appender<ILoggingEvent> writer) {
    return writers.detachAppender(writer);
  }

  @Override
  public boolean detachAppender(String name) {
    return writers.detachAppender(name);
  }
}
