package com.callback.messaging.database;

import javax.sql.DataSource;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import java.util.Map;

/** Refuses the start when a pool's role could see past row-level security. */
@Component
class RolesAreFenced implements InitializingBean {

  private final Map<String, DataSource> pools;

  RolesAreFenced(DataSource intake, DataSource worker, DataSource api) {
    this.pools = Map.of("intake", intake, "worker", worker, "api", api);
  }

  @Override
  public void afterPropertiesSet() {
    pools.forEach(RolesAreFenced::check);
  }

  private static void check(String pool, DataSource source) {
    var role =
        JdbcClient.create(source)
            .sql("select rolname, rolsuper or rolbypassrls as unfenced from pg_roles where rolname = current_user")
            .query()
            .singleRow();
    if (!("messaging_" + pool).equals(role.get("rolname")) || Boolean.TRUE.equals(role.get("unfenced"))) {
      throw new IllegalStateException(
          "The pool \"%s\" acts as the role %s, which row-level security does not bind: run docs/sql/roles.sql as an administrator."
              .formatted(pool, role.get("rolname")));
    }
  }
}
