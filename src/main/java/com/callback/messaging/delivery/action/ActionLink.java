package com.callback.messaging.delivery.action;

import java.util.UUID;

/**
 * What an action link says, with a signature that was checked.
 *
 * @param token the last part of its address
 * @param recipient what tells the recipient from the others of the business, see {@link
 *     ActionLinks#isFor}
 */
public record ActionLink(String token, UUID lead, byte[] recipient) {}
