package com.callback.messaging.sandbox;

import com.callback.messaging.operation.caller.ApiKeys;
import org.springframework.beans.BeanUtils;

/** A demo that seeds nothing. Its routes do not run yet when the service says that it is ready. */
public final class NoDemo {

  private NoDemo() {}

  /** For {@code @TestBean}. */
  public static Demo demo() {
    return new Demo(null, BeanUtils.instantiateClass(ApiKeys.class), null, null, "", "", 0) {
      @Override
      void seed() {}

      @Override
      void seedLeads() {}

      @Override
      void announce() {}
    };
  }
}
