package com.callback.messaging.inbox.export;

import com.callback.messaging.platform.http.ControllerAddress;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/** Where the export is: before the routes, of which one would take its name for a lead's id. */
@Configuration(proxyBeanMethods = false)
class ExportAddress {

  private static final String PATH = "/api/messages/export";

  @Bean
  static ControllerAddress addressOfExport() {
    return new ControllerAddress(PATH);
  }

  @Bean
  HandlerMapping exportMapping(ExportController export) {
    return new SimpleUrlHandlerMapping(Map.of(PATH, export), Ordered.HIGHEST_PRECEDENCE);
  }
}
