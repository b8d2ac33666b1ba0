package com.callback.messaging.bench;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** By which plans the database finds leads, as it says itself. */
final class Plans {

  private static final String BUSINESS = "5b0f7c1e-2f6d-4c55-8f0e-3a4b1d9e6c01";

  private final JdbcClient database;

  /** What is set for a plan must hold for its connection only. */
  Plans(DataSource source) throws SQLException {
    this.database = JdbcClient.create(new SingleConnectionDataSource(source.getConnection(), true));
  }

  void tell(Report report) {
    report.text("\n## By which plans\n");
    report.text(
        "What `messaging.find_messages` asks for each filter, explained and run. Where the beginning of a word or a tag is looked for it first looks among\nthe next few thousand leads, and then, with scans in the order of the list switched off, as shown here.\n");
    filters().forEach((what, filter) -> report.text(plan(what, filter)));
  }

  private static Map<String, String> filters() {
    var filters = new LinkedHashMap<String, String>();
    filters.put("the list", "{}");
    filters.put("those that wait", "{\"status\": [\"unread\", \"read\"]}");
    filters.put("acknowledged ones", "{\"status\": [\"acknowledged\"]}");
    filters.put("urgent ones", "{\"priority\": [\"urgent\"]}");
    filters.put("a failed delivery", "{\"delivery\": \"failed\"}");
    filters.put("a tag", "{\"tag\": [\"warranty\"]}");
    filters.put("a name", "{\"q\": \"lucía moreau\"}");
    filters.put("a telephone number", "{\"q\": \"0491 570 006\"}");
    return filters;
  }

  private String plan(String what, String filter) {
    var words = filter.contains("\"q\"") || filter.contains("tag");
    var statement =
        database
            .sql(
                "select 'explain (analyze, costs off, timing off, summary on) select m.id from public.messages m where ' || replace(replace(messaging.condition_of(?::jsonb), '$1', quote_literal(?) || '::jsonb'), '$2', quote_literal(?)) || ' order by m.created_at desc, m.id desc limit 51'")
            .params(filter, filter, BUSINESS)
            .query(String.class)
            .single();
    for (var setting : new String[] {"enable_indexscan", "enable_seqscan"}) {
      database.sql("set " + setting + " = " + (words ? "off" : "on")).update();
    }
    database.sql("set max_parallel_workers_per_gather = 0").update();
    var plan = String.join("\n", database.sql(statement).query(String.class).list());
    return "### %s: `%s`\n\n```\n%s\n```\n".formatted(what, filter, plan);
  }
}
