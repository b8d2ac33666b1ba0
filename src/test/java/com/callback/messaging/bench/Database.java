package com.callback.messaging.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A PostgreSQL in processes of its own that may lose nothing, and who is in it. */
final class Database implements AutoCloseable {

  static final String SERVICE = "callback";

  private static final int SETTLE_SECONDS = 20;

  private final EmbeddedPostgres server;
  private final long pid;

  private Database(EmbeddedPostgres server, long pid) {
    this.server = server;
    this.pid = pid;
  }

  static Database start(Path folder) {
    try {
      var data = folder.resolve("pg");
      var server =
          EmbeddedPostgres.builder()
              .setOverrideWorkingDirectory(Path.of("target", "postgres-17").toFile())
              .setDataDirectory(data)
              .setErrorRedirector(Redirect.DISCARD)
              .setOutputRedirector(Redirect.DISCARD)
              .setLocaleConfig("locale", "C")
              .setPGStartupWait(Duration.ofSeconds(60))
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("full_page_writes", "on")
              .setServerConfig("max_connections", "200")
              .setServerConfig("listen_addresses", "127.0.0.1")
              .setServerConfig("unix_socket_directories", "")
              // Each turn is to pay for its own vacuuming.
              .setServerConfig("autovacuum_naptime", "5s")
              .start();
      var pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim();
      var database = new Database(server, Long.parseLong(pid));
      database.requireDurable();
      database.create(SERVICE);
      for (var peer : Peer.Kind.values()) {
        database.create(peer.database);
      }
      return database;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void create(String name) {
    as("postgres").sql("create database " + name).update();
  }

  private void requireDurable() {
    for (var setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
      if (!"on".equals(as("postgres").sql("show " + setting).query(String.class).single())) {
        throw new IllegalStateException(setting + " is off: figures would mean nothing");
      }
    }
  }

  /** Waits until the work of the server in the background that the last turn has caused is done. */
  void settle() {
    as("postgres").sql("checkpoint").update();
    var vacuuming =
        as("postgres")
            .sql(
                "select not exists (select from pg_stat_activity where backend_type = 'autovacuum worker')")
            .query(Boolean.class);
    for (var tries = 0; tries < SETTLE_SECONDS * 10 && !vacuuming.single(); tries++) {
      Pause.millis(100);
    }
  }

  /** Rows that are dead and not yet vacuumed, in all tables of the service. */
  double deadRows() {
    return as(SERVICE)
        .sql("select sum(n_dead_tup) from pg_stat_user_tables")
        .query(Double.class)
        .single();
  }

  /** The size of the tables and indexes of the service, in MiB. */
  double size() {
    return as(SERVICE)
        .sql("select pg_database_size(current_database()) / 1048576.0")
        .query(Double.class)
        .single();
  }

  String version() {
    return as("postgres").sql("show server_version").query(String.class).single();
  }

  Usage usage() {
    return new Usage(pid);
  }

  int port() {
    return server.getPort();
  }

  PGSimpleDataSource source(String name) {
    var source = new PGSimpleDataSource();
    source.setURL("jdbc:postgresql://127.0.0.1:" + port() + "/" + name);
    source.setUser("postgres");
    return source;
  }

  JdbcClient as(String name) {
    return JdbcClient.create((javax.sql.DataSource) source(name));
  }

  Map<String, String> settings() {
    return Map.of(
        "SPRING_DATASOURCE_URL", source(SERVICE).getURL(),
        "SPRING_DATASOURCE_USERNAME", "postgres",
        "SPRING_DATASOURCE_PASSWORD", "",
        "MESSAGING_SECRETS_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
  }

  /** A funnel whose leads have two deliveries that wait for a channel that nobody serves. */
  String funnelOfWaiting() {
    return funnel(Map.of("pager-one", "{}", "pager-two", "{}"));
  }

  /** Funnels whose leads go out by SMS and to a webhook, each to one of these addresses. */
  List<String> funnelsOfTwo(List<String> webhooks) {
    return webhooks.stream()
        .map(url -> funnel(Map.of("sms", "{\"to\":\"+61491570156\"}", "webhook", hook(url))))
        .toList();
  }

  /** Funnels whose leads go out to a webhook only. */
  List<String> funnelsOfOne(List<String> webhooks) {
    return webhooks.stream().map(url -> funnel(Map.of("webhook", hook(url)))).toList();
  }

  /** Writes leads with these numbers whose webhooks all become due so many seconds from now. */
  void pileUp(List<String> funnels, int first, int end, int seconds) {
    var script =
        """
        begin;
        set local session_replication_role = replica;
        insert into public.messages (id, funnel_id, business_id, type, contact_name, contact_phone, message, created_at, updated_at)
        select gen_random_uuid(), f.id, f.business_id, 'callback_request', 'Ada q' || lpad(n::text, 8, '0') || 'q', '+61 491 570 006',
          'Please call after five, about the kitchen.', now() - interval '1 minute', now() - interval '1 minute'
        from generate_series(%1$d, %2$d - 1) n
        join unnest(array['%3$s']::uuid[]) with ordinality funnel (id, place) on funnel.place = 1 + n %% %4$d
        join public.funnels f on f.id = funnel.id;
        insert into messaging.deliveries
          (business_id, cause, message_id, channel, target_id, state, next_attempt_at, created_at, updated_at)
        select m.business_id, 'lead', m.id, 'webhook', s.id, 'pending', now() + interval '%5$d seconds', m.created_at, m.created_at
        from public.messages m
        join messaging.webhook_subscriptions s on s.business_id = m.business_id
        where m.contact_name between 'Ada q' || lpad('%1$d', 8, '0') and 'Ada q' || lpad('%2$d', 8, '0');
        commit
        """
            .formatted(first, end, String.join("','", funnels), funnels.size(), seconds);
    new JdbcTemplate(source(SERVICE)).execute(script);
  }

  private static String hook(String url) {
    return "{\"url\":\"%s\"}".formatted(url);
  }

  private String funnel(Map<String, String> channels) {
    var business = UUID.randomUUID();
    var funnel = UUID.randomUUID();
    var database = as(SERVICE);
    database
        .sql("insert into public.businesses (id, name) values (?, 'Corner Bakery')")
        .param(business)
        .update();
    database
        .sql("insert into public.funnels (id, business_id, name) values (?, ?, 'Order a cake')")
        .params(funnel, business)
        .update();
    channels.forEach(
        (channel, config) ->
            database
                .sql(
                    "insert into public.message_channels (business_id, channel_type, config) values (?, ?, ?::jsonb)")
                .params(business, channel, config)
                .update());
    return funnel.toString();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
