package com.callback.messaging.delivery.replay;

/**
 * A repair that was made.
 *
 * @param answer what the caller is told, as JSON
 * @param channels those that have something due now, with commas between them; null for none
 */
public record Replay(String answer, String channels) {}
