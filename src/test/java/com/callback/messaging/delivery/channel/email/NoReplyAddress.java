package com.callback.messaging.delivery.channel.email;

import com.callback.messaging.platform.secrets.Seals;

/** A service that receives no mails. */
public final class NoReplyAddress {

  private NoReplyAddress() {}

  /** What it knows of addresses of conversations: none. */
  public static ReplyAddresses configured() {
    return new ReplyAddresses(new MailHeaders(), Seals.of("key"), "");
  }
}
