/**
 * What people do with leads: the list, their status, replies, counts, the live stream, exports,
 * erasure. The uppermost room.
 */
package com.callback.messaging.inbox;
