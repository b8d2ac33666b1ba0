package com.callback.messaging.operation.caller;

/** How a caller says who they are. */
public enum CredentialKind {
  KEY("apiKey", "key"),
  PERSON("person", "person"),
  SESSION("session", "session"),
  /** By something that was sent to an address of the business or of a member, such as a link. */
  ADDRESS("address", "address");

  private final String scheme;
  private final String route;

  CredentialKind(String scheme, String route) {
    this.scheme = scheme;
    this.route = route;
  }

  /** Its name among the contract's security schemes. */
  public String scheme() {
    return scheme;
  }

  /** The last part of the name of the route that finds out who it is. */
  public String route() {
    return route;
  }
}
