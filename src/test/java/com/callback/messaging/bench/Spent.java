package com.callback.messaging.bench;

/** Processor time per lead of a service and of its database, round by round. */
final class Spent {

  private final Usage service;
  private final Usage database;
  private final Figure perLeadOfService;
  private final Figure perLeadOfDatabase;
  private double serviceBefore;
  private double databaseBefore;

  Spent(Contestant contestant) {
    this.service = contestant.service();
    this.database = contestant.database();
    this.perLeadOfService = new Figure("CPU of the service per lead", "ms");
    this.perLeadOfDatabase = new Figure("CPU of the database per lead", "ms");
  }

  void begin() {
    serviceBefore = service.cpuMillis();
    databaseBefore = database.cpuMillis();
  }

  void end(int leads) {
    perLeadOfService.add((service.cpuMillis() - serviceBefore) / leads);
    perLeadOfDatabase.add((database.cpuMillis() - databaseBefore) / leads);
  }

  /**
   * Reports both.
   *
   * @param doing what it was spent on
   */
  void tell(Report report, String doing) {
    report.compared(perLeadOfService, "CPU ms per lead of the service, " + doing);
    report.compared(perLeadOfDatabase, "CPU ms per lead of the database, " + doing);
  }
}
