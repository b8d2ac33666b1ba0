package com.callback.messaging.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Everything that the service can be given an address of: an installed PostgreSQL, a broker in a
 * process of its own, and far ends of somebody else.
 */
final class InstalledParts implements AutoCloseable {

  private final int brokerPort = ServiceProcess.freePort();
  private final InstalledPostgres postgres = InstalledPostgres.create();
  private final FarEnds farEnds = new FarEnds();
  private final List<ServiceProcess> services = new ArrayList<>();
  private BrokerProcess broker = BrokerProcess.start(brokerPort);

  /** What a service is told that is to use all of it, with a new database. */
  Map<String, String> settings() {
    postgres.newDatabase();
    var settings = new HashMap<>(postgres.settings());
    settings.putAll(farEnds.settings());
    settings.put("SPRING_ACTIVEMQ_BROKER_URL", "tcp://127.0.0.1:" + brokerPort);
    return settings;
  }

  /** Starts a service that runs for as long as its parts. */
  ServiceProcess start(Path folder, Map<String, String> settings) {
    var service = ServiceProcess.start(folder, settings);
    services.add(service);
    return service;
  }

  InstalledPostgres postgres() {
    return postgres;
  }

  /** The newest database as an administrator sees it. */
  JdbcClient database() {
    return postgres.database();
  }

  FarEnds farEnds() {
    return farEnds;
  }

  BrokerProcess broker() {
    return broker;
  }

  /** A new broker at the same address. */
  void restartBroker() {
    broker.close();
    broker = BrokerProcess.start(brokerPort);
  }

  @Override
  public void close() {
    services.forEach(ServiceProcess::close);
    broker.close();
    farEnds.close();
    postgres.close();
  }
}
