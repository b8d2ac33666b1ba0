package com.callback.messaging.inbox.privacy;

/**
 * A person whom leads are from, by the ways they can be reached.
 *
 * @param e164 the number as it can be dialled; null where none was given or it cannot be read
 * @param typed the number as it was given; null for none
 * @param email in lower case; null for none
 * @param hash stands for them where they are not to be named; made with the service's key
 */
public record Contact(String e164, String typed, String email, String hash) {

  @Override
  public String toString() {
    return "Contact[" + hash + "]";
  }
}
