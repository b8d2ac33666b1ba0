package com.callback.messaging.platform.http;

/**
 * An address of a controller that the path of a route covers as well: the controller has it.
 *
 * @param path such as {@code /api/messages/export}, beside {@code /api/messages/{message}}
 */
public record ControllerAddress(String path) {}
