package com.callback.messaging.intake.submission;

import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.RequestRefusedException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A refused form post of a browser, which is answered by the form with what was typed still in
 * place.
 */
public final class FormRefusedException extends RequestRefusedException {

  private static final long serialVersionUID = 1L;

  private final transient Map<String, String> typed;

  FormRefusedException(Problem problem, Map<String, String> typed) {
    super(problem);
    this.typed = Collections.unmodifiableMap(new LinkedHashMap<>(typed));
  }

  /** The refusal in a chain of causes, where there is one. */
  static Optional<FormRefusedException> find(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .filter(FormRefusedException.class::isInstance)
        .map(FormRefusedException.class::cast)
        .findFirst();
  }

  /** The id of the funnel that the form belongs to; empty where it names none. */
  public String funnelId() {
    return typed.getOrDefault("funnelId", "").matches("[0-9A-Fa-f-]{36}")
        ? typed.get("funnelId")
        : "";
  }

  /** What the person typed, by field name. */
  public Map<String, String> typed() {
    return typed;
  }
}
