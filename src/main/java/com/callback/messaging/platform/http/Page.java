package com.callback.messaging.platform.http;

/**
 * A filled page.
 *
 * @param status the HTTP status it is answered with
 */
public record Page(int status, String html) {}
