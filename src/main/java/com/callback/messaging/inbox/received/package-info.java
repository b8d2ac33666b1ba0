/**
 * Replies that arrive by mail or SMS: where they come in, what of them is read, and the
 * conversation they join.
 */
package com.callback.messaging.inbox.received;
