package com.callback.messaging.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntBiFunction;

/**
 * One contestant's turn. Contestants are measured in turn, round by round, so that a slower minute
 * of the machine meets them all alike.
 */
final class Turn {

  static final String SERVICE_CPU = "CPU of the service per lead";
  static final String DATABASE_CPU = "CPU of PostgreSQL per lead";

  private final Database database;
  private final ReceiverProcess receiver;

  Turn(Database database, ReceiverProcess receiver) {
    this.database = database;
    this.receiver = receiver;
  }

  /**
   * Runs a part and adds what it has cost.
   *
   * @param part returns how many leads were accepted
   */
  void take(Contestant contestant, Column column, ToIntBiFunction<Contestant, Column> part) {
    database.settle();
    var service = contestant.usage();
    var measured = new ArrayList<>(List.of(Usage.ofThis(), receiver.usage(), database.usage()));
    measured.addAll(service);
    var serviceBefore = cpuMillis(service);
    var databaseBefore = database.usage().cpuMillis();
    var others = new Others(measured);
    var leads = part.applyAsInt(contestant, column);
    column.add(SERVICE_CPU, "ms", (cpuMillis(service) - serviceBefore) / leads);
    column.add(DATABASE_CPU, "ms", (database.usage().cpuMillis() - databaseBefore) / leads);
    column.add("CPU of others meanwhile", "cores", others.cores());
  }

  private static double cpuMillis(List<Usage> usages) {
    return usages.stream().mapToDouble(Usage::cpuMillis).sum();
  }
}
