package com.callback.messaging.platform.database;

import com.callback.messaging.platform.startup.StartFailure;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Refuses the start when a pool's role, or one that it may become, sees past row-level security.
 */
@Component
@DependsOnDatabaseInitialization
class DatabaseRoleCheck implements InitializingBean {

  private final Map<String, HikariDataSource> pools;

  DatabaseRoleCheck(Map<String, HikariDataSource> pools) {
    this.pools = pools;
  }

  @Override
  public void afterPropertiesSet() {
    pools.forEach((pool, source) -> check(pool, roleOf(pool), source));
  }

  private static String roleOf(String pool) {
    return pool.equals("intake") || pool.equals("api") ? "messaging_" + pool : "messaging_worker";
  }

  private static void check(String pool, String wanted, DataSource source) {
    var database = JdbcClient.create(source);
    var role = database.sql("select current_user").query(String.class).single();
    if (!role.equals(wanted)) {
      throw new StartFailure(
          "The pool \"%s\" acts as the role %s instead of %s: connect directly, or through a pooler in session mode."
              .formatted(pool, role, wanted));
    }
    database
        .sql(
            """
            select rolname from pg_roles
            where (rolsuper or rolbypassrls) and pg_has_role(current_user, oid, 'member')
            order by rolname <> current_user
            """)
        .query(String.class)
        .list()
        .stream()
        .findFirst()
        .ifPresent(unfenced -> refuse(pool, unfenced));
  }

  private static void refuse(String pool, String role) {
    throw new StartFailure(
        "The pool \"%s\" acts as the role %s, which row-level security does not bind: let an administrator run \"alter role %s nosuperuser nobypassrls\"."
            .formatted(pool, role, role));
  }
}
