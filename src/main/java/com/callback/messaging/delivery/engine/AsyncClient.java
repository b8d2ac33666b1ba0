package com.callback.messaging.delivery.engine;

import java.util.concurrent.CompletionStage;

/** Makes HTTP requests without a thread for each. */
public interface AsyncClient {

  /**
   * Posts a request. The stage always completes: with the response whatever its status is, or with
   * the failure that kept it from coming.
   *
   * @param mayArriveTwice whether it may be made again, once, on another connection, if it broke
   *     off on a kept one after it may have left
   */
  CompletionStage<Response> post(OutgoingRequest request, boolean mayArriveTwice);

  /**
   * A response.
   *
   * @param retryAfter the header of that name, or null
   * @param location the header of that name, or null
   * @param body its beginning
   */
  record Response(int status, String retryAfter, String location, byte[] body) {}
}
