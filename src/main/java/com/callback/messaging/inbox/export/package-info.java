/**
 * Writes leads out as a file, however many there are, in constant memory. Must not know how they
 * are found.
 */
package com.callback.messaging.inbox.export;
