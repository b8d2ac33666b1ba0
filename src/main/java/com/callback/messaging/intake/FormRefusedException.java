package com.callback.messaging.intake;

import com.callback.messaging.http.Problem;
import com.callback.messaging.http.RequestRefusedException;
import java.util.Map;

/**
 * A refused form post of a browser, which is answered by the form with what was typed still in
 * place.
 */
public final class FormRefusedException extends RequestRefusedException {

  private static final long serialVersionUID = 1L;

  private final transient Map<String, String> typed;

  FormRefusedException(Problem problem, Map<String, String> typed) {
    super(problem);
    this.typed = Map.copyOf(typed);
  }

  /** What the person typed, by field name. */
  public Map<String, String> typed() {
    return typed;
  }
}
