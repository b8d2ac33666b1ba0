package com.callback.messaging.platform.database;

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
 * What the statements of every day cost with few leads in the database and with millions: {@code
 * ./mvnw verify -Pbench -Dit.test=FlatBenchmark}, with {@code -Dbench.many=2000000} in a part of
 * the time.
 */
class FlatBenchmark {

  private static final int FEW = 10_000;
  private static final int MANY = Integer.getInteger("bench.many", 10_000_000);
  private static final int BUSINESSES = Integer.getInteger("bench.businesses", 200);
  private static final int CALLS = 7;
  private static final int BATCH = 50;

  private static final UUID BUSINESS = UUID.fromString("00000000-0000-0000-0000-000000000001");

  /** Blocks of tables, of indexes and of what lies beside a table, 8 kB each, wherever read. */
  private static final String BLOCKS =
      """
      select sum(pg_stat_get_xact_blocks_fetched(c.oid)) from pg_class c
      where c.relnamespace in ('messaging'::regnamespace, 'public'::regnamespace, 'pg_toast'::regnamespace)
      """;

  private final Map<String, List<String>> rows = new LinkedHashMap<>();

  @Test
  void statements_with_few_leads_and_with_many() throws SQLException, IOException {
    measure(FEW, 1);
    measure(MANY, BUSINESSES);
    var table = new StringBuilder();
    rows.forEach(
        (what, cells) -> table.append("| " + what + " | " + String.join(" | ", cells) + " |\n"));
    Files.writeString(
        Path.of("docs", "benchmarks", "flat.md"),
        """
        # Few leads and many

        Written by `./mvnw verify -Pbench -Dit.test=FlatBenchmark` on %s. A business with 10,000 leads that is alone in its database, and one of %d in a
        database of %,d, filled by `src/test/bench/many-leads.sql`. Blocks of 8 kB that a statement reads, from memory or not, and
        milliseconds on the clock: the median of %d calls on a connection that has made them before.

        | | blocks, few | ms, few | blocks, many | ms, many |
        |---|---|---|---|---|
        %s"""
            .formatted(LocalDate.now(ZoneOffset.UTC), BUSINESSES, MANY, CALLS, table));
  }

  private void measure(int leads, int businesses) throws SQLException {
    var database = TestDatabase.upToDate();
    fill(database, leads, businesses);
    try (var doors = new Doors(database, TestDatabase.LOGIN)) {
      refreshAnalytics(doors);
      asCaller(doors);
      engine(doors);
    }
  }

  private static void fill(TestDatabase database, int leads, int businesses) {
    var admin = new SingleConnectionDataSource(database.url(), TestDatabase.SUPERUSER, "", true);
    var script = new JdbcTemplate(admin);
    script.execute("set bench.leads = %d; set bench.businesses = %d".formatted(leads, businesses));
    script.execute(TestDatabase.read("src/test/bench/many-leads.sql"));
    // The analytics of one business are enough.
    script.execute(
        """
        insert into messaging.figures_kept (business_id, basis, since, until)
        select b.id, clock.basis, '-infinity', current_date + 1
        from public.businesses b cross join messaging.business_clock(b.id) clock where b.id <> '%s'
        """
            .formatted(BUSINESS));
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

  private void asCaller(Doors doors) throws SQLException {
    try (var connection = doors.api.getConnection()) {
      connection.setAutoCommit(false);
      var page = values("variable.page.moment", "infinity", "variable.page.limit", 50);
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
      cost(connection, "counts of the views", "count-views", values());
      cost(connection, "the badge", "count-unread-messages", values());
      cost(connection, "analytics of 90 days", "load-figures", values());
      cost(connection, "an export page", "export-messages", filter(values(), "{}"));
    }
  }

  private void engine(Doors doors) throws SQLException {
    try (var connection = doors.worker.getConnection()) {
      connection.setAutoCommit(false);
      var worker = new SingleConnectionDataSource(connection, true);
      var accepted = accept(doors);
      var look = lookOf();
      var due = StatementFile.of("list-due-lanes").run(worker, look);
      connection.rollback();
      cost(connection, "a look at what is due", "list-due-lanes", look);
      var claim = new HashMap<String, Object>(Doors.claimOf("webhook", due));
      claim.putAll(look);
      cost(connection, "claim of " + BATCH, "claim-deliveries", claim);
      var claimed = StatementFile.of("claim-deliveries").run(worker, claim);
      connection.commit();
      var settle = new HashMap<String, Object>(Doors.settlementOf(claimed, "sent"));
      settle.put("bean:now?method=moment", Instant.now().toString());
      cost(connection, "outcomes of " + claimed.size(), "settle-deliveries", settle);
    }
    try (var connection = doors.intake.getConnection()) {
      connection.setAutoCommit(false);
      cost(connection, "accept of a lead", "accept-message", accepted());
    }
  }

  private static int accept(Doors doors) {
    for (var each = 0; each < BATCH; each++) {
      StatementFile.of("accept-message").run(doors.intake, accepted());
    }
    return BATCH;
  }

  private static Map<String, Object> accepted() {
    var id = UUID.randomUUID();
    var values = new HashMap<String, Object>(StatementFile.NO_ROOM);
    values.put(
        "leads",
        """
        [{"id": "%s", "funnelId": "%s", "contactName": "Zoë O'Neil", "contactPhone": "+61 491 570 156",
          "phoneE164": "+61491570156", "priority": "medium", "metadata": {}, "contact": "%3$s", "content": "%3$s", "trusted": false}]"""
            .formatted(id, BUSINESS, id.toString().replace("-", "")));
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
    filtered.put("variable.asked.filter", filter);
    return filtered;
  }

  /** What statements of the API are asked with, and these. */
  private static Map<String, Object> values(Object... more) {
    var values = new HashMap<String, Object>();
    values.put("variable.caller.businessId", BUSINESS);
    values.put("bean:now?method=moment", Instant.now().toString());
    values.put("variable.asked.values[sort]", "newest");
    values.put("variable.page.id", "ffffffff-ffff-ffff-ffff-ffffffffffff");
    values.put("variable.lastMoment", "infinity");
    values.put("variable.lastId", "ffffffff-ffff-ffff-ffff-ffffffffffff");
    var today = LocalDate.now(ZoneOffset.UTC);
    values.put("variable.period.from", today.minusDays(89).toString());
    values.put("variable.period.to", today.toString());
    values.put("variable.asked.values[funnel]", null);
    values.put("variable.asked.values[channel]", null);
    values.put("variable.asked.values[priority]", null);
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
      if (values.containsKey("variable.caller.businessId")) {
        Doors.ask(connection, "select set_config('role', 'authenticated', true)");
        Doors.ask(
            connection,
            "select set_config('request.jwt.claims', '" + Doors.claims(BUSINESS) + "', true)");
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
    var cells = rows.computeIfAbsent(what, none -> new ArrayList<>());
    cells.add("%,d".formatted(blocks.get(CALLS / 2)));
    cells.add("%.1f".formatted(micros.get(CALLS / 2) / 1e3));
    System.out.printf("%-40s %s%n", what, cells);
  }
}
