package com.callback.messaging.bench;

import java.util.List;

/**
 * A service under load.
 *
 * @param waiting the funnels whose leads owe two deliveries that nobody sends
 * @param both the funnels whose leads go out by SMS and webhook
 */
record Contestant(
    Callers callers, Usage service, Usage database, List<String> waiting, List<String> both) {}
