/**
 * What people do with leads: the list, their status, replies, counts, the live stream, exports,
 * erasure. Only the sandbox may know this room.
 */
package com.callback.messaging.inbox;
