package com.callback.messaging;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Takes callback requests, keeps them, and reaches the business on every channel it chose. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class CallbackMessaging {

  public static void main(String[] arguments) {
    SpringApplication.run(CallbackMessaging.class, arguments);
  }
}
