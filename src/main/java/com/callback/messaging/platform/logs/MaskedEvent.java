package com.callback.messaging.platform.logs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextVO;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/** An entry of the log as it may be written. */
final class MaskedEvent implements ILoggingEvent {

  /** A shorter message of an exception says too little to be told from other words. */
  private static final int SHORTEST = 3;

  /** Camel tells of a failure with its message, the way there and the bodies in one text. */
  private static final Pattern FAILED_EXCHANGE = Pattern.compile("(?s)( caught: [\\w.$]+).*");

  private final ILoggingEvent whole;
  private final String message;
  private final IThrowableProxy throwable;

  MaskedEvent(ILoggingEvent whole) {
    this.whole = whole;
    this.message = Mask.of(withoutMessages(whole));
    this.throwable = MaskedThrowable.of(whole.getThrowableProxy());
  }

  private static String withoutMessages(ILoggingEvent whole) {
    var text = whole.getFormattedMessage();
    if (text == null) {
      return null;
    }
    if (whole.getLoggerName().startsWith("org.apache.camel")) {
      text = FAILED_EXCHANGE.matcher(text).replaceFirst("$1");
    }
    for (var each : MaskedThrowable.all(whole.getThrowableProxy())) {
      text = without(text, each.getClassName(), each.getMessage());
    }
    if (whole.getArgumentArray() != null) {
      for (var argument : whole.getArgumentArray()) {
        for (var each = argument instanceof Throwable first ? first : null;
            each != null;
            each = each.getCause() == each ? null : each.getCause()) {
          text = without(text, each.getClass().getName(), each.getMessage());
        }
      }
    }
    return text;
  }

  private static String without(String text, String type, String message) {
    return message == null || message.length() < SHORTEST || MaskedThrowable.isShown(type)
        ? text
        : text.replace(message, MaskedThrowable.LEFT_OUT);
  }

  @Override
  public String getFormattedMessage() {
    return message;
  }

  @Override
  public String getMessage() {
    return message;
  }

  /** None: they are in the message. */
  @Override
  public Object[] getArgumentArray() {
    return null;
  }

  @Override
  public IThrowableProxy getThrowableProxy() {
    return throwable;
  }

  @Override
  public Map<String, String> getMDCPropertyMap() {
    return whole.getMDCPropertyMap().entrySet().stream()
        .filter(each -> each.getValue() != null)
        .collect(Collectors.toMap(Map.Entry::getKey, each -> Mask.of(each.getValue())));
  }

  @Override
  @Deprecated
  public Map<String, String> getMdc() {
    return getMDCPropertyMap();
  }

  @Override
  public List<KeyValuePair> getKeyValuePairs() {
    return whole.getKeyValuePairs() == null
        ? null
        : whole.getKeyValuePairs().stream()
            .map(pair -> new KeyValuePair(pair.key, Mask.of(String.valueOf(pair.value))))
            .toList();
  }

  @Override
  public String getThreadName() {
    return Mask.of(whole.getThreadName());
  }

  @Override
  public Level getLevel() {
    return whole.getLevel();
  }

  @Override
  public String getLoggerName() {
    return whole.getLoggerName();
  }

  @Override
  public LoggerContextVO getLoggerContextVO() {
    return whole.getLoggerContextVO();
  }

  @Override
  public StackTraceElement[] getCallerData() {
    return whole.getCallerData();
  }

  @Override
  public boolean hasCallerData() {
    return whole.hasCallerData();
  }

  @Override
  public List<Marker> getMarkerList() {
    return whole.getMarkerList();
  }

  @Override
  public long getTimeStamp() {
    return whole.getTimeStamp();
  }

  @Override
  public int getNanoseconds() {
    return whole.getNanoseconds();
  }

  @Override
  public Instant getInstant() {
    return whole.getInstant();
  }

  @Override
  public long getSequenceNumber() {
    return whole.getSequenceNumber();
  }

  @Override
  public void prepareForDeferredProcessing() {
    whole.prepareForDeferredProcessing();
  }
}
