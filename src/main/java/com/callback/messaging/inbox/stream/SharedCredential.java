package com.callback.messaging.inbox.stream;

import com.callback.messaging.operation.caller.Credential;
import com.callback.messaging.operation.contract.AccessRule;
import java.util.List;

/**
 * The open streams of one credential, which is looked up once for all of them.
 *
 * @param accessRule what it must allow
 */
public record SharedCredential(
    Credential credential, AccessRule accessRule, List<Subscriber> subscribers) {

  /** Of subscribers with the same credential. */
  static SharedCredential of(List<Subscriber> subscribers) {
    var invocation = subscribers.get(0).invocation();
    return new SharedCredential(invocation.credential(), invocation.accessRule(), subscribers);
  }
}
