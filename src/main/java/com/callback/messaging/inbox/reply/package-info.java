/**
 * What a business says to its leads: replies, and the texts that it keeps for them. Must not know
 * how they travel.
 */
package com.callback.messaging.inbox.reply;
