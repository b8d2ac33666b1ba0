package com.callback.messaging.platform.startup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.CallbackMessaging;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;

@ExtendWith(OutputCaptureExtension.class)
class StartFailureTest {
  @TempDir Path data;

  @Test
  void production_names_every_missing_address(CapturedOutput output) throws Exception {
    assertThat(refusal(output, Nothing.class, "--messaging.mode=production"))
        .isEqualTo(
            "In production mode nothing may run inside the process: set SPRING_DATASOURCE_URL, SPRING_ACTIVEMQ_BROKER_URL, SPRING_MAIL_HOST, CHANNELS_SMS_URL.");
    assertThat(data).isEmptyDirectory();
  }

  @Test
  void production_names_only_what_is_missing(CapturedOutput output) {
    assertThat(
            refusal(
                output,
                Nothing.class,
                "--messaging.mode=production",
                "--spring.datasource.url=jdbc:postgresql://db/x",
                "--spring.activemq.broker-url=tcp://broker:61616",
                "--channels.sms.url=http://sms"))
        .isEqualTo("In production mode nothing may run inside the process: set SPRING_MAIL_HOST.");
  }

  @Test
  void production_needs_no_mail_server_where_all_mails_go_by_an_api(CapturedOutput output) {
    assertThat(
            refusal(
                output,
                Nothing.class,
                "--messaging.mode=production",
                "--channels.email.providers=sendgrid",
                "--spring.datasource.url=jdbc:postgresql://db/x",
                "--channels.sms.url=http://sms"))
        .isEqualTo(
            "In production mode nothing may run inside the process: set SPRING_ACTIVEMQ_BROKER_URL.");
  }

  @Test
  void an_unknown_mode_is_refused(CapturedOutput output) {
    assertThat(refusal(output, Nothing.class, "--messaging.mode=staging"))
        .isEqualTo("messaging.mode is 'staging': set MESSAGING_MODE to development or production.");
  }

  @Test
  void a_machine_in_a_time_zone_of_an_old_name_starts_the_service_in_utc() {
    var machine = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Calcutta"));
      // Refused for another reason, before anything is started.
      assertThatThrownBy(
          () ->
              CallbackMessaging.main(
                  new String[] {"--messaging.mode=staging", "--messaging.data-dir=" + data}));
      assertThat(TimeZone.getDefault().getID()).isEqualTo("UTC");
    } finally {
      TimeZone.setDefault(machine);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "failover:(tcp://a:61616,tcp://b:61616)",
        "failover:tcp://a:61616?maxReconnectAttempts=0",
        "failover:(tcp://a:61616?startupMaxReconnectAttempts=0&maxReconnectAttempts=0)",
        "failover:(tcp://a:61616)?startupMaxReconnectAttempts=5&maxReconnectAttempts=0"
      })
  void a_broker_address_that_waits_for_the_broker_is_refused(String url, CapturedOutput output) {
    assertThat(refusal(output, Nothing.class, "--spring.activemq.broker-url=" + url))
        .isEqualTo(
            "A failover: broker address must not wait for the broker: add ?startupMaxReconnectAttempts=0&maxReconnectAttempts=0 to SPRING_ACTIVEMQ_BROKER_URL.");
  }

  @Test
  void a_broker_address_that_is_none_is_refused(CapturedOutput output) {
    assertThat(refusal(output, Nothing.class, "--spring.activemq.broker-url=broker.example.com"))
        .isEqualTo(
            "SPRING_ACTIVEMQ_BROKER_URL is not the address of a broker: write it as tcp://host:61616.");
  }

  @Test
  void a_taken_port_is_named(CapturedOutput output) throws Exception {
    try (ServerSocket other = new ServerSocket(0)) {
      assertThat(
              refusal(
                  WebApplicationType.SERVLET,
                  output,
                  Nothing.class,
                  "--server.port=" + other.getLocalPort()))
          .isEqualTo(
              "Port %d is taken: stop the program that listens there, or set SERVER_PORT to another port.",
              other.getLocalPort());
    }
  }

  @Test
  void a_port_that_is_taken_later_is_named_too() {
    assertThat(StartSentence.of(new IllegalStateException(new PortInUseException(8081))))
        .contains(
            "Port 8081 is taken: stop the program that listens there, or set SERVER_PORT or MANAGEMENT_SERVER_PORT to another port.");
  }

  @Test
  void a_port_that_is_no_number_is_refused(CapturedOutput output) {
    assertThat(refusal(output, Nothing.class, "--server.port=http"))
        .isEqualTo("server.port is 'http': set SERVER_PORT to a number between 1 and 65535.");
  }

  @Test
  void an_address_of_another_machine_is_refused() {
    MockEnvironment settings =
        new MockEnvironment()
            .withProperty("server.address", "192.0.2.1")
            .withProperty("server.port", "0");
    assertThatThrownBy(() -> ServerPort.of(settings).requireFree())
        .hasMessage(
            "This machine does not have the address 192.0.2.1: correct SERVER_ADDRESS, or set it to 0.0.0.0 to listen everywhere.");
  }

  @Test
  void a_port_that_the_service_chooses_is_none_of_outgoing_connections() {
    var settings = new MockEnvironment().withProperty("server.port", "0");

    assertThat(ServerPort.of(settings).requireFree().number()).isBetween(10_000, 32_767);
  }

  @Test
  void an_unreachable_database_is_named_without_its_password(CapturedOutput output)
      throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    assertThat(
            refusal(
                output,
                Nothing.class,
                "--messaging.database.start-patience=1s",
                "--spring.datasource.url=jdbc:postgresql://127.0.0.1:" + port + "/x?password=hush"))
        .isEqualTo(
            "The database at 127.0.0.1:%d did not answer within 1 s (messaging.database.start-patience): start it, or correct SPRING_DATASOURCE_URL.",
            port);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://db/x",
        "postgres://ada:hush@db/x",
        "jdbc:postgresql://ada:hush@db:5432/x",
        "db:5432"
      })
  void a_database_address_of_another_form_is_refused(String url, CapturedOutput output) {
    assertThat(refusal(output, Nothing.class, "--spring.datasource.url=" + url))
        .startsWith("SPRING_DATASOURCE_URL must look like jdbc:postgresql://host:5432/database")
        .doesNotContain("hush");
  }

  @Test
  void a_database_that_says_no_is_told_apart(CapturedOutput output) throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(data)) {
      String place = database.url().replaceAll(".*//(.*)/.*", "$1");
      assertThat(
              refusal(
                  output,
                  Nothing.class,
                  "--spring.datasource.url=" + database.url().replace("/postgres", "/leads"),
                  "--spring.datasource.username=postgres"))
          .isEqualTo(
              "There is no database 'leads' at %s: create it, or correct SPRING_DATASOURCE_URL.",
              place);

      askForPasswords(database);
      assertThat(refusal(output, Nothing.class, login(database, "wrong")))
          .isEqualTo(
              "The database at %s refuses user 'postgres': correct SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD.",
              place);
      assertThat(refusal(output, Nothing.class, login(database, "")))
          .startsWith("The database at " + place + " refuses user 'postgres'");
    }
  }

  @Test
  void a_database_that_is_too_old_is_refused() {
    MockEnvironment settings =
        new MockEnvironment().withProperty("spring.datasource.url", "jdbc:postgresql://db/x");
    ConfiguredDatabase database = ConfiguredDatabase.of(settings);
    database.requireVersion(15);
    assertThatThrownBy(() -> database.requireVersion(14))
        .hasMessage("The database at db:5432 is PostgreSQL 14: use version 15 or newer.");
  }

  @Test
  void a_missing_setting_is_named(CapturedOutput output) {
    assertThat(refusal(output, NeedsSetting.class, "--channels.mail.batch=1"))
        .isEqualTo("The setting channels.mail.api-key is missing: set CHANNELS_MAIL_API_KEY.");
  }

  @Test
  void a_setting_missing_in_a_route_is_named() {
    assertThat(
            StartSentence.of(
                new IllegalStateException(
                    new IllegalArgumentException(
                        "Property with key [delivery.max-tries] not found in properties from text: {{delivery.max-tries}}"))))
        .contains("The setting delivery.max-tries is missing: set DELIVERY_MAX_TRIES.");
  }

  @Test
  void a_value_of_the_wrong_kind_is_named(CapturedOutput output) {
    assertThat(refusal(output, NeedsSetting.class, "--channels.mail.api-key=x"))
        .isEqualTo(
            "The setting channels.mail.batch is 'many' (must be a number): correct it, or the variable CHANNELS_MAIL_BATCH.");
  }

  @Test
  void a_bound_value_of_the_wrong_kind_is_named(CapturedOutput output) {
    assertThat(refusal(output, BindsSettings.class, "--channels.probe.timeout=soon"))
        .isEqualTo(
            "The setting channels.probe.timeout is 'soon' (must be a duration such as 10s): correct it, or the variable CHANNELS_PROBE_TIMEOUT.");
  }

  @Test
  void a_value_that_its_owner_refuses_is_named(CapturedOutput output) {
    assertThat(refusal(output, BindsSettings.class, "--channels.probe.timeout=-1s"))
        .isEqualTo(
            "The settings under channels.probe are wrong (timeout must be positive): correct them.");
  }

  @Test
  void a_broken_settings_file_is_named(CapturedOutput output) throws Exception {
    Path file = Files.writeString(data.resolve("application.yaml"), "a: 1\n  b: [2\n");
    assertThat(refusal(output, Nothing.class, "--spring.config.additional-location=" + data + "/"))
        .startsWith("A settings file (application.yaml) is not valid YAML at line 2: ");
    assertThat(file).exists();
  }

  @Test
  void a_failing_migration_is_named(CapturedOutput output) throws Exception {
    Path migrations = Files.createDirectories(data.resolve("migrations"));
    Files.writeString(migrations.resolve("V1__leads.sql"), "create table lead (id nonsense);");
    try (EmbeddedDatabase database = EmbeddedDatabase.start(data)) {
      assertThat(migration(output, database, migrations))
          .isEqualTo(
              "The database schema could not be brought up to date by V1__leads.sql: type \"nonsense\" does not exist.");

      Files.writeString(migrations.resolve("V1__leads.sql"), "create table lead (id int);");
      Flyway.configure()
          .dataSource(database.url(), "postgres", "")
          .locations("filesystem:" + migrations)
          .load()
          .migrate();
      Files.writeString(migrations.resolve("V1__leads.sql"), "create table lead (id bigint);");
      assertThat(migration(output, database, migrations))
          .isEqualTo(
              "The database was not made by this version's migrations (Migration checksum mismatch for migration version 1): use the version that made it, or another database.");
    }
  }

  @Test
  void what_nobody_knows_is_left_to_boot() {
    assertThat(StartSentence.of(new IllegalStateException("a fault of ours"))).isEmpty();
  }

  @Test
  void the_process_says_one_sentence_and_ends_with_1() throws Exception {
    Process service =
        fork("--messaging.mode=production", "--spring.main.web-application-type=none");
    String out = new String(service.getInputStream().readAllBytes(), UTF_8);
    String err = new String(service.getErrorStream().readAllBytes(), UTF_8);
    assertThat(service.waitFor()).isEqualTo(1);
    assertThat(err.lines())
        .containsExactly(
            "Callback Messaging did not start: In production mode nothing may run inside the process: set SPRING_DATASOURCE_URL, SPRING_ACTIVEMQ_BROKER_URL, SPRING_MAIL_HOST, CHANNELS_SMS_URL.");
    assertThat(out).doesNotContain("WARN", "ERROR", "Exception");
  }

  private String refusal(CapturedOutput output, Class<?> configuration, String... arguments) {
    return refusal(WebApplicationType.NONE, output, configuration, arguments);
  }

  /** Starts the service, expects it to fail, and returns the one sentence that it said. */
  private String refusal(
      WebApplicationType web, CapturedOutput output, Class<?> configuration, String... arguments) {
    int before = output.getErr().length();
    List<String> all = new ArrayList<>();
    for (String address :
        List.of(
            "spring.datasource.url",
            "spring.activemq.broker-url",
            "spring.mail.host",
            "channels.sms.url")) {
      if (Stream.of(arguments).noneMatch(given -> given.startsWith("--" + address + "="))) {
        all.add("--" + address + "=");
      }
    }
    all.add("--messaging.data-dir=" + data);
    all.addAll(List.of(arguments));
    assertThatThrownBy(
            () ->
                new SpringApplicationBuilder(configuration)
                    .web(web)
                    .run(all.toArray(String[]::new)))
        .isInstanceOf(Exception.class);
    // Other tests' services run on in this process, and may log while logging is being set up anew.
    var said =
        output.getErr().substring(before).lines().filter(line -> !line.contains("|-")).toList();
    assertThat(said).hasSize(1);
    return said.get(0).trim().replace("Callback Messaging did not start: ", "");
  }

  private String migration(CapturedOutput output, EmbeddedDatabase database, Path migrations) {
    return refusal(
        output,
        Migrates.class,
        Stream.concat(Stream.of(login(database, "")), Stream.of("--migrations=" + migrations))
            .toArray(String[]::new));
  }

  private static String[] login(EmbeddedDatabase database, String password) {
    return new String[] {
      "--spring.datasource.url=" + database.url(),
      "--spring.datasource.username=postgres",
      "--spring.datasource.password=" + password
    };
  }

  private void askForPasswords(EmbeddedDatabase database) throws Exception {
    Files.writeString(data.resolve("pg/pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
    try (Connection connection = DriverManager.getConnection(database.url(), "postgres", "")) {
      connection.createStatement().execute("alter role postgres password 'right'");
      connection.createStatement().execute("select pg_reload_conf()");
    }
  }

  private static Process fork(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FailingService.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }

  @Configuration(proxyBeanMethods = false)
  static class Nothing {}

  @Configuration(proxyBeanMethods = false)
  @Import(PropertyPlaceholderAutoConfiguration.class)
  static class NeedsSetting {
    @Bean
    String apiKey(@Value("${channels.mail.api-key}") String key) {
      return key;
    }

    @Bean
    Integer batch(@Value("${channels.mail.batch:many}") int batch) {
      return batch;
    }
  }

  @ConfigurationProperties("channels.probe")
  record Probe(Duration timeout) {
    Probe {
      if (timeout.isNegative()) {
        throw new IllegalArgumentException("timeout must be positive");
      }
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(Probe.class)
  static class BindsSettings {}

  @Configuration(proxyBeanMethods = false)
  static class Migrates {
    @Bean
    Object migrated(Environment settings) {
      return Flyway.configure()
          .dataSource(settings.getProperty("spring.datasource.url"), "postgres", "")
          .locations("filesystem:" + settings.getProperty("migrations"))
          .load()
          .migrate();
    }
  }
}
