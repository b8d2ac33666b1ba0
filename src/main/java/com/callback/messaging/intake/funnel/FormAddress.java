package com.callback.messaging.intake.funnel;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Where the hosted forms of funnels are found from outside. */
@Component
public class FormAddress {

  private final String base;

  FormAddress(@Value("${messaging.public-url}") String publicUrl) {
    this.base = publicUrl.replaceAll("/+$", "") + "/f/";
  }

  /** What every address of a form begins with; the slug or the id of its funnel follows. */
  public String base() {
    return base;
  }
}
