package com.callback.messaging.delivery.channel.email.domain;

/** DNS could not tell whether there is such a record. */
class DnsUnavailableException extends RuntimeException {

  DnsUnavailableException(String name, Throwable cause) {
    super("DNS does not answer for " + name, cause);
  }
}
