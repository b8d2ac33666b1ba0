package com.callback.messaging.delivery.engine;

import java.util.List;

/**
 * One request that carries the messages of several attempts. Each attempt also has a request of its
 * own, which is made where this one is refused as a whole.
 *
 * @param reading what a response with a 2xx says about each of them
 */
public record SharedRequest(OutgoingRequest request, List<Attempt> attempts, Reading reading) {

  /** Reads the body of a response once, for all attempts. */
  @FunctionalInterface
  public interface Reading {

    /**
     * What the response says about each.
     *
     * @throws Exception if the body cannot be read; its type says what that means
     */
    Responses read(byte[] body) throws Exception;
  }

  /** The responses to the attempts of a request. */
  @FunctionalInterface
  public interface Responses {

    /**
     * The response to one of them.
     *
     * @throws NeverDeliverableException if the provider refused its message
     * @throws AttemptFailedException if the response says something else about it, or nothing
     */
    Accepted of(Attempt attempt);
  }

  /**
   * A message that the provider has accepted.
   *
   * @param reference its own reference of the message, or null
   * @param answer what it said about this message, and no other; null for nothing
   */
  public record Accepted(String reference, String answer) {}

  public SharedRequest {
    attempts = List.copyOf(attempts);
  }

  /** Has these attempts sent by this request. */
  public void share() {
    attempts.forEach(attempt -> attempt.shared(this));
  }
}
