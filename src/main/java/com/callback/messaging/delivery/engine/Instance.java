package com.callback.messaging.delivery.engine;

import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * This process, as leases name it. New at each start, so that a predecessor's leases are told
 * apart.
 */
@Component("instance")
public class Instance {

  private final String name =
      ProcessHandle.current().pid() + "-" + UUID.randomUUID().toString().substring(0, 8);

  Instance() {}

  public String name() {
    return name;
  }
}
