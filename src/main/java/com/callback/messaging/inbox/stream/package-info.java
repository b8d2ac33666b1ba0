/**
 * What happens to leads, told at once to those who watch: server-sent events. Knows who calls and
 * what an event is; nothing of how leads come in or go out, which tell it that there is news of a
 * business, and no more.
 */
package com.callback.messaging.inbox.stream;
