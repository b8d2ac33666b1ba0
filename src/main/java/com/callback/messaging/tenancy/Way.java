package com.callback.messaging.tenancy;

/** How a caller says who they are. */
public enum Way {
  KEY("apiKey", "key", "An API key"),
  PERSON("person", "person", "An access token"),
  SESSION("session", "session", "A session");

  private final String scheme;
  private final String route;
  private final String title;

  Way(String scheme, String route, String title) {
    this.scheme = scheme;
    this.route = route;
    this.title = title;
  }

  /** Its name among the contract's security schemes. */
  public String scheme() {
    return scheme;
  }

  /** The last part of the name of the route that finds out who it is. */
  public String route() {
    return route;
  }

  String title() {
    return title;
  }
}
