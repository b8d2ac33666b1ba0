package com.callback.messaging.platform.startup;

import org.springframework.boot.SpringApplication;

/**
 * A service of nothing but its start, for looking at how it ends. Without an annotation, so that no
 * component scan finds it.
 */
class FailingService {
  public static void main(String[] arguments) {
    SpringApplication.run(FailingService.class, arguments);
  }
}
