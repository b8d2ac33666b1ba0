package com.callback.messaging.delivery.engine;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request that is ready to be made.
 *
 * @param isToProvider whether the operator configured its address, which may be inside of the
 *     network then; that of a customer is checked at each connect
 * @param headers all that it carries by name, besides those of HTTP itself
 * @param body the exact bytes that are sent
 * @param reading what a response with a 2xx says
 * @param pace when it may begin; null for at once
 * @param authorization what it is authorized with besides its headers; null for nothing
 */
public record OutgoingRequest(
    boolean isToProvider,
    String url,
    Map<String, String> headers,
    byte[] body,
    ProviderResponse reading,
    Pace pace,
    RequestAuthorization authorization) {

  /** A request to an address that a customer gave. Its response says all by its status. */
  public static OutgoingRequest toCustomer(String url, Map<String, String> headers, byte[] body) {
    return new OutgoingRequest(false, url, headers, body, response -> null, null, null);
  }

  /**
   * A request to a provider of the operator.
   *
   * @param pace of all requests to this account; null for any
   */
  public static OutgoingRequest toProvider(
      String url, Map<String, String> headers, byte[] body, ProviderResponse reading, Pace pace) {
    return new OutgoingRequest(true, url, headers, body, reading, pace, null);
  }

  /** The same request, which is authorized so; null for nothing. */
  public OutgoingRequest authorizedBy(RequestAuthorization other) {
    return new OutgoingRequest(isToProvider, url, headers, body, reading, pace, other);
  }

  /** The same request with this header {@code Authorization}, in place of its own. */
  OutgoingRequest withAuthorization(String value) {
    var all = new LinkedHashMap<>(headers);
    all.keySet().removeIf("Authorization"::equalsIgnoreCase);
    all.put("Authorization", value);
    return new OutgoingRequest(isToProvider, url, all, body, reading, pace, null);
  }
}
