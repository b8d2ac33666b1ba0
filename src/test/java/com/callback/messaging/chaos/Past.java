package com.callback.messaging.chaos;

import java.util.Map;

/**
 * A trouble that is over.
 *
 * @param endedAt by the clock of {@link System#nanoTime()}
 * @param forgotten by channel, how many deliveries the database may have forgotten the end of
 */
record Past(Trouble trouble, long endedAt, Map<String, Integer> forgotten) {}
