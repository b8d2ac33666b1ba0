package com.callback.messaging.support;

import com.callback.messaging.delivery.confirmation.CodesInTests;
import com.callback.messaging.intake.screening.Floods;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/**
 * Starts the whole service once for all tests that carry this: real PostgreSQL, a real broker, a
 * real SMTP server, and a clock that {@link MovableClock} moves. Tests share its data, so each
 * looks only at what it made itself.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Import({
  MovableClock.Setup.class,
  Floods.Setup.class,
  CodesInTests.Setup.class,
  Service.class,
  PersonCaller.Crowd.class
})
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestPropertySource(
    properties = {
      // Two forks of the build run tests at the same time.
      "messaging.data-dir=target/test-data/service-${test.fork:1}",
      "messaging.broker-name=service-test",
      // Receivers of tests are on this machine, each on a port of its own.
      "messaging.outbound.allowed=127.0.0.0/8",
      "messaging.outbound.ports=any",
      "delivery.sweep-ms=250",
      "delivery.renew-ms=250",
      // Years pass in tests, and each looks only at what it made itself: nothing is forgotten by
      // the way.
      "retention.check-cron=0 0 0 1 1 ? 2099",
      // Nothing that a test wrote unsealed is sealed behind its back while it compares.
      "messaging.secrets.reseal-ms=86400000",
      // Nor counted.
      "figures.refresh-ms=86400000",
      // Ten thousand rows at once on a machine that does much else.
      "messaging.database.statement-timeout=12s",
      "messaging.database.patience=3s",
      "delivery.quick-retry-ms=10",
      "channels.email.inbound.address=reply@reply.example.com",
      "channels.email.inbound.parse-secret=" + ServiceTest.PARSE_SECRET,
      // Hundreds of leads go to one number.
      "channels.sms.budget.per-day=2000",
      "channels.sms.budget.per-recipient=1000",
      "management.prometheus.metrics.export.enabled=true"
    })
public @interface ServiceTest {

  /** What whoever posts received mails must know. */
  String PARSE_SECRET = "only-for-tests-and-longer-than-thirty-two";
}
