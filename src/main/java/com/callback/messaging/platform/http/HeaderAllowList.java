package com.callback.messaging.platform.http;

import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Lets only named headers out by HTTP, SMTP and JMS: Camel would send all that an exchange carries,
 * also what a caller sent in, such as Authorization. Camel's own control headers are not taken in
 * from outside.
 */
@Component
class HeaderAllowList implements HeaderFilterStrategy {

  private final Set<String> allowed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  HeaderAllowList(@Value("${messaging.headers.allowed}") Set<String> allowed) {
    this.allowed.addAll(allowed);
  }

  @Override
  public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
    return !allowed.contains(name);
  }

  @Override
  public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
    return name.regionMatches(true, 0, "Camel", 0, 5)
        || name.regionMatches(true, 0, "org.apache.camel", 0, 16);
  }
}
