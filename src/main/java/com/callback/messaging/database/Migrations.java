package com.callback.messaging.database;

import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Brings the schema up to date, and says so where a newer version of the service has been here. */
@Configuration(proxyBeanMethods = false)
class Migrations {

  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  @Bean
  FlywayMigrationStrategy migrateAndNoticeADowngrade() {
    return flyway -> {
      flyway.migrate();
      noticeADowngrade(flyway);
    };
  }

  /**
   * While versions are rolled over the older one runs on, so it is no reason to refuse the start.
   */
  private static void noticeADowngrade(Flyway flyway) {
    Arrays.stream(flyway.info().all())
        .filter(each -> each.getState() == MigrationState.FUTURE_SUCCESS)
        .map(MigrationInfo::getVersion)
        .reduce((older, newer) -> newer)
        .ifPresent(
            newest ->
                LOG.warn(
                    "The database has schema version {}, which this version of the service does not know: it was written by a newer one. Go back to that, or restore a backup from before it.",
                    newest));
  }
}
