package com.callback.messaging.platform.http;

import java.util.Map;
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

  /**
   * The variable with the headers that a customer wants on the very call an exchange makes, by
   * name; they pass as they stand there.
   */
  private static final String CUSTOM = "customHeaders";

  private final Set<String> allowed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  HeaderAllowList(@Value("${messaging.headers.allowed}") Set<String> allowed) {
    this.allowed.addAll(allowed);
  }

  @Override
  public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
    return !allowed.contains(name) && !isCustom(name, value, exchange);
  }

  @Override
  public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
    return name.regionMatches(true, 0, "Camel", 0, 5)
        || name.regionMatches(true, 0, "org.apache.camel", 0, 16);
  }

  private static boolean isCustom(String name, Object value, Exchange exchange) {
    return exchange != null
        && exchange.getVariable(CUSTOM) instanceof Map<?, ?> custom
        && value != null
        && value.equals(custom.get(name));
  }
}
