package com.callback.messaging.inbox.privacy;

import com.callback.messaging.support.Service;
import java.util.List;
import java.util.stream.Collectors;

/** Looks for a text in everything that the database keeps. */
final class Traces {

  private final Service service;

  Traces(Service service) {
    this.service = service;
  }

  /** Where any of these stands: "table: text". */
  List<String> of(String... texts) {
    return service
        .database()
        .sql(tables().stream().map(Traces::foundIn).collect(Collectors.joining(" union ")))
        .param("texts", String.join("\n", texts))
        .query(String.class)
        .list();
  }

  private List<String> tables() {
    return service
        .database()
        .sql(
            "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and n.nspname in ('public', 'messaging')")
        .query(String.class)
        .list();
  }

  /** Each row is turned into text once, whatever number of texts is looked for. */
  private static String foundIn(String table) {
    return """
    select '%1$s: ' || wanted
    from (select lower(t::text) as line from %1$s t offset 0) kept,
      unnest(string_to_array(:texts, chr(10))) wanted
    where strpos(line, lower(wanted)) > 0
    """
        .formatted(table);
  }
}
