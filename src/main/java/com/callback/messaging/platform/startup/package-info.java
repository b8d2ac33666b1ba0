/**
 * What has to stand before the service starts: the parts that run inside this process because no
 * address is configured for them, a check of those that are configured, and one sentence for
 * whoever started it when something is missing. Everything after it sees ordinary settings only and
 * must not ask whether a part is embedded, except to show what was caught. Knows nothing about
 * messages, channels or the schema.
 */
package com.callback.messaging.platform.startup;
