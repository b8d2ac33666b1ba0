package com.callback.messaging.platform.logs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuietLibrariesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.apache.hc.client5.http.wire",
        "org.apache.hc.client5.http.headers",
        "org.postgresql.core.v3.QueryExecutorImpl",
        "org.springframework.jdbc.core.StatementCreatorUtils",
        "org.apache.camel.processor.Pipeline",
        "org.apache.activemq.transport.TransportLogger",
        "org.eclipse.angus.mail.smtp",
        "org.apache.coyote.http11.Http11InputBuffer",
        "a.library.that.comes.next.year"
      })
  void a_library_says_nothing_below_info(String logger) {
    assertThat(QuietLibraries.mayLog(logger, Level.DEBUG)).isFalse();
    assertThat(QuietLibraries.mayLog(logger, Level.TRACE)).isFalse();
    assertThat(QuietLibraries.mayLog(logger, Level.ERROR)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.callback.messaging.delivery.ledger.Ledger",
        "delivery-failed",
        "org.flywaydb.core.internal.command.DbMigrate",
        "org.springframework.boot.autoconfigure.logging.ConditionEvaluationReportLogger"
      })
  void what_sees_no_lead_may_say_all_it_likes(String logger) {
    assertThat(QuietLibraries.mayLog(logger, Level.TRACE)).isTrue();
  }

  @Test
  void a_name_that_begins_alike_is_another() {
    assertThat(QuietLibraries.mayLog("com.callback.messagingx.Thing", Level.DEBUG)).isFalse();
  }

  @Test
  void what_quotes_a_request_at_info_starts_at_warn() {
    assertThat(QuietLibraries.mayLog("org.apache.coyote.http11.Http11Processor", Level.INFO))
        .isFalse();
    assertThat(QuietLibraries.mayLog("org.apache.tomcat.util.http.Parameters", Level.INFO))
        .isFalse();
    assertThat(QuietLibraries.mayLog("org.apache.camel.component.log", Level.ERROR)).isFalse();
    assertThat(QuietLibraries.mayLog("org.apache.camel.Tracing", Level.INFO)).isFalse();
  }
}
