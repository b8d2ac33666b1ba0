package com.callback.messaging.platform.startup;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.springframework.boot.tomcat.ConnectorStartFailedException;
import org.springframework.boot.web.server.PortInUseException;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** The sentence for a start that failed, found in the chain of what caused it. */
final class StartSentence {
  /** In this order: what names the cause best comes first. */
  private static final List<Function<Throwable, Optional<String>>> KNOWN =
      List.of(
          when(StartFailure.class, Throwable::getMessage),
          when(PortInUseException.class, e -> takenLater(e.getPort())),
          when(ConnectorStartFailedException.class, e -> takenLater(e.getPort())),
          WrongSetting::sentence,
          when(FlywayException.class, SchemaFailure::sentence),
          when(MarkedYAMLException.class, StartSentence::brokenYaml),
          RouteFailure::sentence,
          when(java.net.BindException.class, StartSentence::cannotListen),
          StartSentence::ownRefusal);

  private static final int DEEPEST_CAUSE = 50;
  private static final String OURS = "com.callback.messaging.";

  private StartSentence() {}

  static Optional<String> of(Throwable failure) {
    return KNOWN.stream()
        .flatMap(known -> causes(failure).map(known).flatMap(Optional::stream))
        .findFirst()
        .map(StartSentence::withoutBreaks);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(DEEPEST_CAUSE);
  }

  private static <T extends Throwable> Function<Throwable, Optional<String>> when(
      Class<T> type, Function<T, String> sentence) {
    return e -> type.isInstance(e) ? Optional.of(sentence.apply(type.cast(e))) : Optional.empty();
  }

  /** The main port was seen free, so it is mostly the other one. */
  private static String takenLater(int port) {
    return "Port %d is taken: stop the program that listens there, or set SERVER_PORT or MANAGEMENT_SERVER_PORT to another port."
        .formatted(port);
  }

  private static String brokenYaml(MarkedYAMLException e) {
    String line =
        e.getProblemMark() == null ? "" : " at line " + (e.getProblemMark().getLine() + 1);
    return "A settings file (application.yaml) is not valid YAML%s: %s."
        .formatted(line, OneLine.of(e.getProblem()));
  }

  private static String cannotListen(java.net.BindException e) {
    return "A port cannot be opened (%s): set SERVER_PORT to another port."
        .formatted(OneLine.of(e.getMessage()));
  }

  /** What our own classes do not take is written for whoever gave it. */
  private static Optional<String> ownRefusal(Throwable e) {
    boolean refuses = e instanceof IllegalArgumentException || e instanceof UncheckedIOException;
    StackTraceElement[] trace = e.getStackTrace();
    return refuses && trace.length > 0 && trace[0].getClassName().startsWith(OURS)
        ? Optional.ofNullable(e.getMessage())
        : Optional.empty();
  }

  private static String withoutBreaks(String sentence) {
    return sentence.replaceAll("\\s+", " ").trim();
  }
}
