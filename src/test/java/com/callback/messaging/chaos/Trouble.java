package com.callback.messaging.chaos;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Something that goes wrong for a while.
 *
 * @param name what it is, as the report calls it
 * @param shortest how long it lasts at least; it may last up to twice as long
 * @param cut how many instances it may keep from recording what they have just delivered
 * @param forgets whether the database comes back without the last moments of what need not wait for
 *     its disk
 * @param over what happens again once it is over
 */
record Trouble(
    String name,
    Duration shortest,
    int cut,
    boolean forgets,
    Consumer<Cluster> begin,
    Consumer<Cluster> end,
    Function<Cluster, List<Pulse>> over) {}
