package com.callback.messaging.platform.http;

import com.callback.messaging.platform.startup.StartFailure;
import java.net.URI;
import java.net.URISyntaxException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The address by which people reach the service. Pages, cookies and links stand at its root, so a
 * path in it would lead nowhere: that is said at the start, not by the first visitor.
 */
@Component
class PublicUrl {

  PublicUrl(@Value("${messaging.public-url}") String url) {
    if (!isOrigin(url)) {
      throw new StartFailure(
          "Set MESSAGING_PUBLIC_URL to scheme, host and port alone, such as https://leads.example.com: the service stands at the root of a host, not under a path.");
    }
  }

  private static boolean isOrigin(String url) {
    try {
      var uri = new URI(url.strip());
      return uri.getHost() != null
          && uri.getScheme().matches("https?")
          && uri.getUserInfo() == null
          && uri.getPath().matches("/*")
          && uri.getQuery() == null
          && uri.getFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
