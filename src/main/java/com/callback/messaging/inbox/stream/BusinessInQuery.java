package com.callback.messaging.inbox.stream;

import com.callback.messaging.operation.caller.Credentials;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/** A browser's EventSource sends no headers: the business may stand in the address instead. */
class BusinessInQuery extends HttpServletRequestWrapper {

  BusinessInQuery(HttpServletRequest request) {
    super(request);
  }

  @Override
  public String getHeader(String name) {
    var header = super.getHeader(name);
    return header == null && name.equals(Credentials.BUSINESS) ? getParameter("business") : header;
  }
}
