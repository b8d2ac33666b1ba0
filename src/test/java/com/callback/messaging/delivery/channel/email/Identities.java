package com.callback.messaging.delivery.channel.email;

/** Senders for tests of other packages. */
public final class Identities {

  private Identities() {}

  /** A service whose mails come from this address. */
  public static MailIdentity of(String sender) {
    return new MailIdentity(new MailHeaders(), sender, "", "", "http://localhost:8080");
  }
}
