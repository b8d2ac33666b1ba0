package com.callback.messaging.platform.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/**
 * Whether a person's browser waits for a page, so that a refusal must be one too: a form that was
 * sent, or an address that was opened. Scripts and servers wait for JSON.
 */
public final class WaitsForAPage {

  /** Where forms of other pages go. */
  private static final String INTAKE = "/api/messages";

  /** Where the hosted forms are, and go to. */
  private static final String FORMS = "/f/";

  private WaitsForAPage() {}

  /** Whether it does, from what is known before any body is read. */
  public static boolean is(HttpServletRequest request) {
    var accept = String.valueOf(request.getHeader("Accept")).toLowerCase(Locale.ROOT);
    var path = path(request);
    if ((path.equals(INTAKE) || path.startsWith(FORMS)) && "POST".equals(request.getMethod())) {
      return isForm(request)
          ? !accept.contains("application/json")
          : accept.contains("text/html") && !isOf("application/json", request);
    }
    // Libraries of servers name HTML too: below /api/ only a browser's own word for an address that
    // was opened counts.
    return accept.contains("text/html")
        && (!path.startsWith("/api/") || "document".equals(request.getHeader("Sec-Fetch-Dest")));
  }

  /** Whether a hosted form was sent, which is shown again where something is to be asked. */
  public static boolean isHostedForm(HttpServletRequest request) {
    return path(request).startsWith(FORMS);
  }

  /** As it is routed: in the address as it was sent any letter may be written as %xx. */
  private static String path(HttpServletRequest request) {
    var failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    return failed == null ? String.valueOf(request.getServletPath()) : failed.toString();
  }

  /** Whether the body is a form's. */
  public static boolean isForm(HttpServletRequest request) {
    return isOf("application/x-www-form-urlencoded", request)
        || isOf("multipart/form-data", request);
  }

  private static boolean isOf(String kind, HttpServletRequest request) {
    var type = request.getContentType();
    return type != null && type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(kind);
  }
}
