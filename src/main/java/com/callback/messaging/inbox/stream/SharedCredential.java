package com.callback.messaging.inbox.stream;

import com.callback.messaging.operation.caller.Credential;
import com.callback.messaging.operation.contract.AccessRule;
import java.util.List;

/**
 * The open streams of one credential, which is looked up once for all of them.
 *
 * @param guard what it must be good for
 */
public record SharedCredential(Credential credential, AccessRule guard, List<Listener> listeners) {

  /** Of listeners who have all proved by the same who they are. */
  static SharedCredential of(List<Listener> listeners) {
    var call = listeners.get(0).call();
    return new SharedCredential(call.credential(), call.guard(), listeners);
  }
}
