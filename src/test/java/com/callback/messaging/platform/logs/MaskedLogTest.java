package com.callback.messaging.platform.logs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log's own configuration, writing to a file. */
class MaskedLogTest {

  private static final String LIBRARY = "org.example.library.Thing";

  @TempDir Path folder;

  private final LoggerContext log = new LoggerContext();

  @BeforeEach
  void configure() throws Exception {
    log.putProperty("LOG_FILE", folder.resolve("service.log").toString());
    log.putProperty("CONSOLE_LOG_THRESHOLD", "OFF");
    log.putProperty("FILE_LOG_PATTERN", "%level %logger{0} %msg %mdc %kvp%n%wEx");
    log.setMDCAdapter(new LogbackMDCAdapter());
    var configurator = new JoranConfigurator();
    configurator.setContext(log);
    configurator.doConfigure(
        Objects.requireNonNull(MaskedLogTest.class.getResource("/logback-spring.xml")));
  }

  @AfterEach
  void stop() {
    log.stop();
  }

  @Test
  void what_has_a_form_is_masked_in_arguments_and_pairs() throws IOException {
    var logger = log.getLogger("com.callback.messaging.Thing");
    logger.atWarn().addKeyValue("to", "ada@example.com").log("Sent to {}", "+61 491 570 006");

    assertThat(written()).contains("Sent to [phone]", "to=\"[mail]\"");
  }

  @Test
  void messages_of_exceptions_that_may_quote_are_left_out_wherever_they_stand() throws IOException {
    var cause = new SQLException("Key (name)=(Ada Lovelace) exists", "23505");
    var failure = new IllegalStateException("Cannot store Ada Lovelace", cause);
    failure.addSuppressed(new IllegalArgumentException("Not a number: Ada Lovelace"));
    var logger = log.getLogger(LIBRARY);
    logger.error("It failed: {}", failure.getMessage(), failure);
    logger.error("It failed with {} for us", failure, "and more");

    assertThat(written())
        .doesNotContain("Lovelace")
        .contains("java.lang.IllegalStateException", "SQL state 23505")
        .contains("Suppressed: java.lang.IllegalArgumentException")
        .contains("MaskedLogTest.java");
  }

  @Test
  void messages_that_tell_of_machines_stay() throws IOException {
    log.getLogger(LIBRARY).error("No answer", new ConnectException("Connection refused"));

    assertThat(written()).contains("ConnectException: Connection refused");
  }

  @Test
  void of_a_failed_exchange_its_type_is_told() throws IOException {
    log.getLogger("org.apache.camel.processor.errorhandler.DefaultErrorHandler")
        .error(
            "Failed delivery for (MessageId: 1). On delivery attempt: 0 caught: java.io.IOException: Ada Lovelace\n\nMessage History\nBody: Ada Lovelace");

    assertThat(written())
        .contains("caught: java.io.IOException")
        .doesNotContain("Lovelace", "History");
  }

  @Test
  void no_setting_opens_a_library() throws IOException {
    Logger wire = log.getLogger("org.apache.hc.client5.http.wire");
    wire.setLevel(Level.TRACE);
    wire.debug("Ada Lovelace");
    wire.warn("Something else");

    assertThat(wire.isDebugEnabled()).isFalse();
    assertThat(written()).contains("Something else").doesNotContain("Lovelace");
  }

  private String written() throws IOException {
    return Files.readString(folder.resolve("service.log"));
  }
}
