package com.callback.messaging.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whoever started the service wrongly reads one sentence that says what to do, and nothing else.
 */
class BrokenStartIT {

  /** Its database is made by the first start, and serves the others. */
  @TempDir static Path usual;

  @TempDir Path folder;
  @TempDir Path another;

  @AfterEach
  void end() {
    for (var each : List.of(usual, folder)) {
      new EmbeddedServer(each).end();
    }
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "SERVER_PORT           | abc    | server.port is 'abc': set SERVER_PORT to a number between 1 and 65535.",
        "MESSAGING_MODE        | prod   | messaging.mode is 'prod': set MESSAGING_MODE to development or production.",
        "DELIVERY_LEASE        | banana | The setting delivery.lease is 'banana' (must be a duration such as 10s): correct it, or the variable DELIVERY_LEASE.",
        "CHANNELS_SMS_SCHEDULE | soon   | The setting channels.sms.schedule is 'soon' (must be a duration such as 10s; several with commas between them): correct it, or the variable CHANNELS_SMS_SCHEDULE.",
        "CHANNELS_SMS_URL      | banana | CHANNELS_SMS_URL is not a web address: write it as https://host/path.",
        "DIGESTS_DAILY_AT      | noon   | The setting digests.daily-at is 'noon': set DIGESTS_DAILY_AT to a time of day such as 08:00.",
        "DIGESTS_CHECK_CRON    | daily  | The route digest-daily does not start (Illegal characters for this position: 'DAI'): correct it, or the setting that it uses.",
        "MESSAGING_ROUTES      | file:nowhere | The setting messaging.routes is 'file:nowhere', which is no folder that this user can read: correct MESSAGING_ROUTES, or leave it out to use the packaged files.",
        "MESSAGING_CONFIG      | file:nowhere | The setting messaging.config is 'file:nowhere', which is no folder that this user can read: correct MESSAGING_CONFIG, or leave it out to use the packaged files.",
        "SPRING_ACTIVEMQ_BROKER_URL | failover:(tcp://localhost:61616) | A failover: broker address must not wait for the broker: add ?startupMaxReconnectAttempts=0&maxReconnectAttempts=0 to SPRING_ACTIVEMQ_BROKER_URL.",
        "MESSAGING_SECRETS_KEY | banana | messaging.secrets.key is wrong: set MESSAGING_SECRETS_KEY to 32 random bytes in base64, such as openssl rand -base64 32 makes.",
        "SPRING_DATASOURCE_URL | jdbc:postgresql://127.0.0.1:1/leads | The database at 127.0.0.1:1 did not answer within 2 s (messaging.database.start-patience): start it, or correct SPRING_DATASOURCE_URL.",
      })
  void a_wrong_setting_is_named(String variable, String value, String sentence) {
    assertThat(refusal(usual, Map.of(variable, value))).isEqualTo(sentence);
  }

  @Test
  void production_asks_for_every_missing_address() {
    assertThat(refusal(usual, Map.of("MESSAGING_MODE", "production")))
        .isEqualTo(
            "In production mode nothing may run inside the process: set SPRING_DATASOURCE_URL, SPRING_ACTIVEMQ_BROKER_URL, SPRING_MAIL_HOST, CHANNELS_SMS_URL.");
  }

  @Test
  void a_taken_port_is_named() throws IOException {
    try (var other = new ServerSocket(0)) {
      assertThat(refusal(usual, Map.of("SERVER_PORT", Integer.toString(other.getLocalPort()))))
          .isEqualTo(
              "Port %d is taken: stop the program that listens there, or set SERVER_PORT to another port.",
              other.getLocalPort());
    }
  }

  @Test
  void a_data_folder_that_is_a_file_is_named() throws IOException {
    Files.writeString(folder.resolve("data"), "");
    assertThat(refusal(folder, Map.of()))
        .isEqualTo(
            "The data folder %s is a file: move it away, or set MESSAGING_DATA_DIR to another folder.",
            folder.toRealPath().resolve("data"));
  }

  @Test
  void a_data_folder_of_another_postgresql_is_named() throws IOException {
    Files.createDirectories(folder.resolve("data/pg"));
    Files.writeString(folder.resolve("data/pg/PG_VERSION"), "14\n");
    assertThat(refusal(folder, Map.of()))
        .contains("was written by PostgreSQL 14")
        .endsWith("move the data over with pg_dump, or set MESSAGING_DATA_DIR to another folder.");
  }

  @Test
  void a_second_instance_on_the_same_folder_is_refused_and_the_first_goes_on() {
    try (var first = ServiceProcess.start(another)) {
      assertThat(refusal(folder, Map.of("MESSAGING_DATA_DIR", another.resolve("data").toString())))
          .contains("is in use by another instance (process ")
          .endsWith("stop that one, or set MESSAGING_DATA_DIR to another folder.");
      first.caller().lead("Ada Undisturbed");
    }
  }

  @Test
  void a_route_file_with_a_fault_is_named_with_its_line() throws IOException {
    Files.createDirectories(folder.resolve("routes"));
    Files.writeString(
        folder.resolve("routes/mine.yaml"),
        "- route:\n    from:\n      uri: direct:mine\n      steps:\n        - setBoddy: {}\n");
    assertThat(refusal(folder, Map.of("MESSAGING_DATA_DIR", usual.resolve("data").toString())))
        .isEqualTo(
            "The route file routes/mine.yaml is wrong at line 5 (Unknown node id: setBoddy): correct it.");
  }

  @Test
  void a_settings_file_with_a_fault_is_named_with_its_line() throws IOException {
    Files.createDirectories(folder.resolve("config"));
    Files.writeString(folder.resolve("config/application.yaml"), "a: 1\n  b: [2\n");
    assertThat(refusal(folder, Map.of()))
        .isEqualTo(
            "A settings file (application.yaml) is not valid YAML at line 2: mapping values are not allowed here.");
  }

  private static String refusal(Path folder, Map<String, String> settings) {
    var all = new HashMap<>(settings);
    all.put("MESSAGING_DATABASE_START_PATIENCE", "2s");
    try (var service = ServiceProcess.launch(folder, all)) {
      assertThat(service.exitCode()).isEqualTo(1);
      assertThat(service.output()).isEmpty();
      assertThat(service.errors().lines()).hasSize(1);
      assertThat(List.of(usual, folder)).noneMatch(each -> new EmbeddedServer(each).isAlive());
      return service.errors().trim().replace("Callback Messaging did not start: ", "");
    }
  }
}
