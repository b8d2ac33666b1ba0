package com.callback.messaging.platform.database;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where time comes from, so that a test can move it. */
@Configuration(proxyBeanMethods = false)
class ClockConfiguration {

  @Bean
  DatabaseClock clock(@Qualifier("worker") HikariDataSource worker) {
    return new DatabaseClock(worker, Clock.systemUTC(), System::nanoTime);
  }

  @Bean
  MeterBinder clockSkew(DatabaseClock clock) {
    return registry ->
        Gauge.builder("messaging.clock.skew", clock, each -> each.skew().toMillis() / 1000.0)
            .description("Seconds by which the clock of this machine is ahead of the database")
            .baseUnit("seconds")
            .register(registry);
  }
}
