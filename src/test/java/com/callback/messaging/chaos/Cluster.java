package com.callback.messaging.chaos;

import static org.awaitility.Awaitility.await;

import com.callback.messaging.process.BrokerProcess;
import com.callback.messaging.process.ServiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Everything that runs: two instances, the database and the broker they reach through networks of
 * ours, and the receivers.
 */
final class Cluster implements AutoCloseable {

  private static final Duration READY_WITHIN = Duration.ofMinutes(5);
  private static final int BUSINESSES = 5;

  private final PostgresProcess postgres;
  private final TcpProxy toDatabase;
  private final int brokerPort = ServiceProcess.freePort();
  private final TcpProxy toBroker = new TcpProxy(brokerPort);
  private final Receivers receivers = new Receivers();
  private final List<Instance> instances;
  private final List<String> funnels;
  private BrokerProcess broker = BrokerProcess.start(brokerPort);

  /**
   * Starts everything and returns once it is ready.
   *
   * @param folder for data and logs, empty
   * @param tuning what each instance is told, besides addresses
   */
  Cluster(Path folder, Map<String, String> tuning, int instances) {
    this.postgres = new PostgresProcess(folder);
    this.toDatabase = new TcpProxy(postgres.port());
    var settings = settings(tuning);
    this.instances =
        IntStream.rangeClosed(1, instances)
            .mapToObj(number -> new Instance(folder.resolve("instance-" + number), settings))
            .toList();
    try {
      // One after the other: the first one makes the schema.
      this.instances.forEach(Instance::start);
      this.funnels = receivers.businesses(database(), BUSINESSES);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  List<Instance> instances() {
    return instances;
  }

  List<String> funnels() {
    return funnels;
  }

  Receivers receivers() {
    return receivers;
  }

  PostgresProcess postgres() {
    return postgres;
  }

  TcpProxy toDatabase() {
    return toDatabase;
  }

  TcpProxy toBroker() {
    return toBroker;
  }

  BrokerProcess broker() {
    return broker;
  }

  void restartBroker() {
    broker = BrokerProcess.start(brokerPort);
  }

  /** The database as an administrator sees it. */
  JdbcClient database() {
    return postgres.database();
  }

  void awaitReady() {
    for (var instance : instances) {
      await().atMost(READY_WITHIN).pollInterval(Duration.ofMillis(100)).until(instance::isReady);
    }
  }

  /** Ends every process at once, as a power cut does. */
  void killEverything() {
    instances.parallelStream().forEach(Instance::kill);
    broker.close();
    postgres.kill();
  }

  void restartEverything() {
    postgres.start();
    restartBroker();
    instances.forEach(Instance::launch);
    awaitReady();
  }

  @Override
  public void close() {
    instances.parallelStream().forEach(Instance::close);
    broker.close();
    toBroker.close();
    toDatabase.close();
    postgres.close();
    receivers.close();
  }

  private Map<String, String> settings(Map<String, String> tuning) {
    var settings = new HashMap<>(tuning);
    settings.putAll(receivers.settings());
    settings.put(
        "SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:" + toDatabase.port() + "/callback");
    settings.put("SPRING_DATASOURCE_USERNAME", PostgresProcess.login());
    settings.put("SPRING_DATASOURCE_PASSWORD", "trusted");
    settings.put("MESSAGING_SECRETS_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    settings.put("SPRING_ACTIVEMQ_BROKER_URL", "tcp://127.0.0.1:" + toBroker.port());
    return settings;
  }
}
