package com.callback.messaging.platform.database;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * What the statements of every day cost a business that is alone with 10,000 leads, the same among
 * a million of others, and one that has 50,000 itself: {@code ./mvnw verify -Pbench
 * -Dbench.only=flat}, with {@code -Dbench.leads=10000000} among ten million.
 */
class FlatBenchmark {

  private static final int FEW = 10_000;
  private static final int MANY = Integer.getInteger("bench.leads", 1_000_000);
  private static final int BUSINESSES = 200;
  private static final int CALLS = 7;
  private static final int BATCH = 50;

  private static final UUID BUSINESS = UUID.fromString("00000000-0000-0000-0000-000000000001");
  private static final UUID LARGE = UUID.fromString("00000000-0000-0000-0000-000000000002");

  /** Blocks of tables, of indexes and of what lies beside a table, 8 kB each, wherever read. */
  private static final String BLOCKS =
      """
      select sum(pg_stat_get_xact_blocks_fetched(c.oid)) from pg_class c
      where c.relnamespace in ('messaging'::regnamespace, 'public'::regnamespace, 'pg_toast'::regnamespace)
      """;

  /** What a statement read, and how long it took. */
  private record Cost(long blocks, long micros) {

    String cells() {
      return "%,d | %.1f".formatted(blocks, micros / 1e3);
    }

    String comparedWith(Cost few) {
      return "%s | **%.1f** | **%.1f**"
          .formatted(cells(), 1.0 * blocks / few.blocks, 1.0 * micros / few.micros);
    }
  }

  private final Map<String, List<Cost>> costs = new LinkedHashMap<>();

  @Test
  void statements_with_few_leads_and_with_many() throws SQLException, IOException {
    assumeTrue(List.of(System.getProperty("bench.only", "").split(",")).contains("flat"));
    measure(FEW, 1, BUSINESS);
    measure(MANY, BUSINESSES, BUSINESS, LARGE);
    var table = new StringBuilder();
    costs.forEach((what, measured) -> table.append(line(what, measured)));
    Files.writeString(
        Path.of("docs", "benchmarks", "flat.md"),
        """
        # Few leads and many

        Written by `./mvnw verify -Pbench -Dbench.only=flat -Dbench.leads=%d` on %s: PostgreSQL %d with its default settings, filled by
        `src/test/bench/many-leads.sql`. A business that is alone in its database with 10,000 leads; a business of the same size among %,d leads of
        %d businesses; and one of these that has 50,000 leads itself. Blocks are of 8 kB, those that a statement reads from memory too, and
        milliseconds are on the clock: the median of %d calls on a connection that has made them before. "×" is the factor to the business that is alone.

        | | alone: blocks | ms | among many: blocks | ms | × blocks | × ms | 50,000 of its own: blocks | ms | × blocks | × ms |
        |---|---|---|---|---|---|---|---|---|---|---|
        %s"""
            .formatted(
                MANY,
                LocalDate.now(ZoneOffset.UTC),
                PostgresServer.OURS,
                MANY,
                BUSINESSES,
                CALLS,
                table));
  }

  private static String line(String what, List<Cost> measured) {
    var few = measured.get(0);
    var others =
        measured.stream().skip(1).map(each -> each.comparedWith(few)).collect(joining(" | "));
    return "| %s | %s | %s |\n".formatted(what, few.cells(), others);
  }

  private void measure(int leads, int businesses, UUID... asking) throws SQLException {
    var database = TestDatabase.upToDate();
    fill(database, leads, businesses);
    try (var doors = new Doors(database, TestDatabase.LOGIN)) {
      refreshAnalytics(doors);
      for (var business : asking) {
        asCaller(doors, business);
        engine(doors, business);
      }
    }
  }

  private static void fill(TestDatabase database, int leads, int businesses) {
    var admin = new SingleConnectionDataSource(database.url(), TestDatabase.SUPERUSER, "", true);
    var script = new JdbcTemplate(admin);
    script.execute("set bench.leads = %d; set bench.businesses = %d".formatted(leads, businesses));
    script.execute(TestDatabase.read("src/test/bench/many-leads.sql"));
    // The analytics of those that are asked about are enough.
    script.execute(
        """
        insert into messaging.figures_kept (business_id, basis, since, until)
        select b.id, clock.basis, '-infinity', current_date + 1
        from public.businesses b cross join messaging.business_clock(b.id) clock where b.id not in ('%s', '%s')
        """
            .formatted(BUSINESS, LARGE));
    script.execute("vacuum analyze");
    admin.destroy();
  }

  private static void refreshAnalytics(Doors doors) {
    var values = Map.of("bean:now?method=moment", Instant.now().toString(), "leads", "5000");
    while (!"0"
        .equals(
            StatementFile.of("refresh-analytics")
                .run(doors.upkeep, values)
                .get(0)
                .get("refresh_figures")
                .toString())) {
      // A few days each.
    }
  }

  private void asCaller(Doors doors, UUID business) throws SQLException {
    try (var connection = doors.api.getConnection()) {
      connection.setAutoCommit(false);
      var page = values(business, "variable.page.moment", "infinity", "variable.page.limit", 50);
      cost(connection, "the newest 50", "list-messages", filter(page, "{}"));
      cost(connection, "search: a name", "list-messages", filter(page, "{\"q\": \"lovelace\"}"));
      cost(
          connection,
          "search: part of a number",
          "list-messages",
          filter(page, "{\"q\": \"4791\"}"));
      cost(
          connection,
          "search: nothing is found",
          "list-messages",
          filter(page, "{\"q\": \"xyzzy\"}"));
      cost(connection, "counts of the views", "count-views", values(business));
      cost(connection, "the badge", "count-unread-messages", values(business));
      cost(connection, "analytics of 90 days", "load-figures", values(business));
      cost(connection, "an export page", "export-messages", filter(values(business), "{}"));
    }
  }

  private void engine(Doors doors, UUID business) throws SQLException {
    try (var connection = doors.worker.getConnection()) {
      connection.setAutoCommit(false);
      var worker = new SingleConnectionDataSource(connection, true);
      accept(doors, business);
      var look = lookOf();
      var due = StatementFile.of("list-due-queues").run(worker, look);
      connection.rollback();
      cost(connection, "a look at what is due", "list-due-queues", look);
      var claim = new HashMap<String, Object>(Doors.claimOf("webhook", due));
      claim.putAll(look);
      cost(connection, "claim of " + BATCH, "claim-deliveries", claim);
      var claimed = StatementFile.of("claim-deliveries").run(worker, claim);
      connection.commit();
      var outcomes = new HashMap<String, Object>(Doors.outcomesOf(claimed, "sent"));
      outcomes.put("bean:now?method=moment", Instant.now().toString());
      cost(connection, "outcomes of " + BATCH, "record-outcomes", outcomes);
      StatementFile.of("record-outcomes").run(worker, outcomes);
      connection.commit();
    }
    try (var connection = doors.intake.getConnection()) {
      connection.setAutoCommit(false);
      cost(connection, "accept of a lead", "accept-message", accepted(business));
    }
  }

  private static void accept(Doors doors, UUID business) {
    for (var each = 0; each < BATCH; each++) {
      StatementFile.of("accept-message").run(doors.intake, accepted(business));
    }
  }

  private static Map<String, Object> accepted(UUID funnel) {
    var id = UUID.randomUUID();
    var values = new HashMap<String, Object>(StatementFile.NO_ROOM);
    values.put(
        "leads",
        """
        [{"id": "%s", "funnelId": "%s", "contactName": "Zoë O'Neil", "contactPhone": "+61 491 570 156",
          "phoneE164": "+61491570156", "priority": "medium", "metadata": {}, "contact": "%3$s", "content": "%3$s", "trusted": false}]"""
            .formatted(id, funnel, id.toString().replace("-", "")));
    values.put("bean:now?method=moment", Instant.now().toString());
    values.put("bean:channels?method=names", "email,sms,webhook");
    return values;
  }

  private static Map<String, Object> lookOf() {
    var look = new HashMap<String, Object>(Doors.lookOf("webhook"));
    look.put("bean:now?method=moment", Instant.now().toString());
    look.put("bean:leases?method=lostBefore", Instant.now().toString());
    return look;
  }

  private static Map<String, Object> filter(Map<String, Object> values, String filter) {
    var filtered = new HashMap<>(values);
    filtered.put("variable.input.filter", filter);
    return filtered;
  }

  /** What statements of the API are asked with, and these. */
  private static Map<String, Object> values(UUID business, Object... more) {
    var values = new HashMap<String, Object>();
    values.put("variable.caller.businessId", business);
    values.put("bean:now?method=moment", Instant.now().toString());
    values.put("variable.input.values[sort]", "newest");
    values.put("variable.page.id", "ffffffff-ffff-ffff-ffff-ffffffffffff");
    values.put("variable.lastMoment", "infinity");
    values.put("variable.lastId", "ffffffff-ffff-ffff-ffff-ffffffffffff");
    var today = LocalDate.now(ZoneOffset.UTC);
    values.put("variable.period.from", today.minusDays(89).toString());
    values.put("variable.period.to", today.toString());
    values.put("variable.input.values[funnel]", null);
    values.put("variable.input.values[channel]", null);
    values.put("variable.input.values[priority]", null);
    values.put("variable.input.values[interval]", "day");
    for (var each = 0; each < more.length; each += 2) {
      values.put((String) more[each], more[each + 1]);
    }
    return values;
  }

  /** The median of several calls, each in a transaction of which nothing stays. */
  private void cost(Connection connection, String what, String file, Map<String, Object> values)
      throws SQLException {
    var statement = StatementFile.of(file);
    var blocks = new ArrayList<Long>();
    var micros = new ArrayList<Long>();
    for (var call = 0; call < CALLS; call++) {
      var source = new SingleConnectionDataSource(connection, true);
      if (values.get("variable.caller.businessId") instanceof UUID business) {
        Doors.ask(connection, "select set_config('role', 'authenticated', true)");
        Doors.ask(
            connection,
            "select set_config('request.jwt.claims', '" + Doors.claims(business) + "', true)");
      }
      var before = Long.parseLong(Doors.ask(connection, BLOCKS).get(0));
      var begun = System.nanoTime();
      statement.run(source, values);
      micros.add((System.nanoTime() - begun) / 1_000);
      blocks.add(Long.parseLong(Doors.ask(connection, BLOCKS).get(0)) - before);
      connection.rollback();
    }
    blocks.sort(null);
    micros.sort(null);
    costs
        .computeIfAbsent(what, none -> new ArrayList<>())
        .add(new Cost(blocks.get(CALLS / 2), micros.get(CALLS / 2)));
  }
}
