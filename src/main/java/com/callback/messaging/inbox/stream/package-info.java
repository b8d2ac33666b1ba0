/**
 * The events of leads, sent at once to those who watch: server-sent events. Knows who calls and
 * what an event is; nothing of how leads come in or go out, which only say that a business has new
 * events.
 */
package com.callback.messaging.inbox.stream;
