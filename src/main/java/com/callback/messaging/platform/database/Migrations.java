package com.callback.messaging.platform.database;

import java.util.Arrays;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Brings the schema up to date. While versions are rolled over an older one may start again, so a
 * schema that is newer than the service is no reason to refuse the start.
 */
@Configuration(proxyBeanMethods = false)
class Migrations {

  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  @Bean
  FlywayMigrationStrategy migrateAndNoticeADowngrade() {
    return flyway ->
        versionOfANewerService(flyway)
            .ifPresentOrElse(
                newer -> {
                  withoutFunctions(flyway).migrate();
                  LOG.warn(
                      "The database has schema version {}, which this version of the service does not know: it was written by a newer one. Go back to that, or restore a backup from before it.",
                      newer);
                },
                flyway::migrate);
  }

  private static Optional<MigrationVersion> versionOfANewerService(Flyway flyway) {
    return Arrays.stream(flyway.info().all())
        .filter(each -> each.getState() == MigrationState.FUTURE_SUCCESS)
        .map(MigrationInfo::getVersion)
        .reduce((older, newer) -> newer);
  }

  /**
   * Repeatable migrations that differ from what was applied last would run: the functions of this
   * version would replace those that fit the newer schema.
   */
  private static Flyway withoutFunctions(Flyway flyway) {
    return Flyway.configure()
        .configuration(flyway.getConfiguration())
        .repeatableSqlMigrationPrefix("none")
        .load();
  }
}
