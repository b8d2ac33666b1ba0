package com.callback.messaging;

import java.util.TimeZone;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Takes callback requests, keeps them, and reaches the business on every channel it chose. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class CallbackMessaging {

  public static void main(String[] arguments) {
    // Each business has a time zone of its own, and the service none: the machine's may bear a name
    // that the database does not know,
    // which would then let nobody in.
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    SpringApplication.run(CallbackMessaging.class, arguments);
  }
}
