package com.callback.messaging.inbox.reply;

/**
 * A reply that is ready to be written down and sent.
 *
 * @param channel email or sms
 * @param json everything that {@code add-reply.sql} writes
 */
public record Reply(String channel, String json) {}
