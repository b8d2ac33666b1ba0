package com.callback.messaging.database;

import com.callback.messaging.embedded.StartFailure;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Refuses the start when a pool's role could see past row-level security. */
@Component
@DependsOnDatabaseInitialization
class RolesAreFenced implements InitializingBean {

  private final Map<String, HikariDataSource> pools;

  RolesAreFenced(Map<String, HikariDataSource> pools) {
    this.pools = pools;
  }

  @Override
  public void afterPropertiesSet() {
    pools.forEach(RolesAreFenced::check);
  }

  private static void check(String pool, DataSource source) {
    var role =
        JdbcClient.create(source)
            .sql(
                "select rolname, rolsuper or rolbypassrls as unfenced from pg_roles where rolname = current_user")
            .query()
            .singleRow();
    if (!("messaging_" + pool).equals(role.get("rolname"))
        || Boolean.TRUE.equals(role.get("unfenced"))) {
      throw new StartFailure(
          "The pool \"%s\" acts as the role %s, which row-level security does not bind: run docs/sql/roles.sql as an administrator."
              .formatted(pool, role.get("rolname")));
    }
  }
}
