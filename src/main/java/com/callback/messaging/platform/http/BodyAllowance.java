package com.callback.messaging.platform.http;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Lets requests to one address have larger bodies than {@link BodyLimit} allows, such as those of a
 * mail provider. A bean of this type is asked for each request before its body is read, so it must
 * recognise who may send that much: by a secret in the path, for instance.
 */
public interface BodyAllowance {

  /**
   * The most bytes of a body that are kept, without the contents of files in a multipart form.
   *
   * @return 0 for a request that gets no more than others
   */
  int bytes(HttpServletRequest request);
}
