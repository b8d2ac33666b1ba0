package com.callback.messaging.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;

/** What the JDK cannot send to a process. */
public final class Signals {

  private Signals() {}

  /** Holds the process up where it is, with all that it has started. */
  public static void pause(ProcessHandle process) {
    family(process).forEach(one -> send("STOP", one));
  }

  /** Lets a paused process go on. */
  public static void resume(ProcessHandle process) {
    family(process).forEach(one -> send("CONT", one));
  }

  /** Ends the process and all that it has started, as a crash of the machine does. */
  public static void kill(ProcessHandle process) {
    var family = family(process).toList();
    family.forEach(ProcessHandle::destroyForcibly);
    family.forEach(one -> one.onExit().join());
  }

  // The parent first: what is stopped starts no more children.
  private static Stream<ProcessHandle> family(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants());
  }

  private static void send(String signal, ProcessHandle process) {
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
