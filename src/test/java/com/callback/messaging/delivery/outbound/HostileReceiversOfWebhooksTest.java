package com.callback.messaging.delivery.outbound;

/** The same, of the client that holds no thread: all of them share two. */
class HostileReceiversOfWebhooksTest extends HostileReceiversTest {

  @Override
  Calling calling(long deadlineMs) {
    return Calling.asynchronously(Rules.allowing("127.0.0.0/8"), new Calling.Names(), deadlineMs);
  }
}
