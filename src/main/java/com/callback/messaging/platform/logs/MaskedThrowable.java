package com.callback.messaging.platform.logs;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * An exception as the log may show it: its type, its place and its causes. Its message often quotes
 * the value that was wrong, which may be a person's name, so it is shown for types only that tell
 * of machines and of settings.
 */
final class MaskedThrowable implements IThrowableProxy {

  private static final Pattern TELLS_OF_MACHINES =
      Pattern.compile(
          "java\\.net\\.(\\w*(Connect|Socket|Host|Bind|Route)\\w*)"
              + "|java\\.lang\\.(OutOfMemory|StackOverflow|NoClassDefFound|NoSuchMethod)Error"
              + "|java\\.lang\\.(NullPointer|ClassNotFound|IndexOutOfBounds|ArrayIndexOutOfBounds)Exception"
              + "|java\\.sql\\.SQLTransientConnectionException"
              + "|javax\\.net\\.ssl\\..*"
              + "|org\\.springframework\\.(beans\\.factory|boot|context)\\..*"
              + "|org\\.flywaydb\\..*"
              + "|com\\.zaxxer\\.hikari\\..*"
              + "|com\\.callback\\.messaging\\.embedded\\.StartFailure");

  /** Stands for what is not shown. */
  static final String LEFT_OUT = "[left out]";

  private static final IThrowableProxy[] NONE = {};
  private static final int MOST = 64;

  private final IThrowableProxy whole;

  private MaskedThrowable(IThrowableProxy whole) {
    this.whole = whole;
  }

  static IThrowableProxy of(IThrowableProxy whole) {
    return whole == null || whole instanceof MaskedThrowable ? whole : new MaskedThrowable(whole);
  }

  /** Whether the message may be shown once it is masked. */
  static boolean isShown(String type) {
    return TELLS_OF_MACHINES.matcher(type).matches();
  }

  @Override
  public String getMessage() {
    if (isShown(whole.getClassName())) {
      return Mask.of(whole.getMessage());
    }
    return whole instanceof ThrowableProxy proxy
            && proxy.getThrowable() instanceof SQLException failure
        ? "SQL state " + failure.getSQLState()
        : whole.getMessage() == null ? null : LEFT_OUT;
  }

  /** What the exception's own toString says, which has the message in it. */
  @Override
  public String getOverridingMessage() {
    return null;
  }

  @Override
  public String getClassName() {
    return whole.getClassName();
  }

  @Override
  public StackTraceElementProxy[] getStackTraceElementProxyArray() {
    return whole.getStackTraceElementProxyArray();
  }

  @Override
  public int getCommonFrames() {
    return whole.getCommonFrames();
  }

  @Override
  public IThrowableProxy getCause() {
    return of(whole.getCause());
  }

  @Override
  public IThrowableProxy[] getSuppressed() {
    return Arrays.stream(Objects.requireNonNullElse(whole.getSuppressed(), NONE))
        .map(MaskedThrowable::of)
        .toArray(IThrowableProxy[]::new);
  }

  @Override
  public boolean isCyclic() {
    return whole.isCyclic();
  }

  /** The exception, its causes and what came up beside them. */
  static List<IThrowableProxy> all(IThrowableProxy first) {
    var found = new ArrayList<IThrowableProxy>();
    collect(first, found);
    return found;
  }

  private static void collect(IThrowableProxy each, List<IThrowableProxy> found) {
    if (each == null || found.size() > MOST) {
      return;
    }
    found.add(each);
    collect(each.getCause(), found);
    for (var beside : Objects.requireNonNullElse(each.getSuppressed(), NONE)) {
      collect(beside, found);
    }
  }
}
