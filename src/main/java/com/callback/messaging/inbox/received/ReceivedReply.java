package com.callback.messaging.inbox.received;

/**
 * A received mail or SMS as it is added to a conversation.
 *
 * @param channel email or sms
 * @param refusal why it is not added; null where it may be
 * @param json everything that {@code add-received-reply.sql} writes; null where it is refused
 */
public record ReceivedReply(String channel, String refusal, String json) {}
