package com.callback.messaging.inbox.privacy;

import com.callback.messaging.support.Service;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

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
        .sql(
            "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and n.nspname in ('public', 'messaging')")
        .query(String.class)
        .list()
        .stream()
        .flatMap(
            table ->
                Stream.of(texts).filter(text -> isIn(table, text)).map(text -> table + ": " + text))
        .toList();
  }

  private boolean isIn(String table, String text) {
    return service
        .database()
        .sql(
            "select exists (select from %s t where strpos(lower(t::text), ?) > 0)".formatted(table))
        .param(text.toLowerCase(Locale.ROOT))
        .query(Boolean.class)
        .single();
  }
}
