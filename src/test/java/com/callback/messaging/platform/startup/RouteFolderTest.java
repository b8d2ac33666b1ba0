package com.callback.messaging.platform.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.callback.messaging.CallbackMessaging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** The whole service on a folder of routes that is not the usual one. */
class RouteFolderTest {

  @TempDir Path folder;

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "precondition: \"[^\"]*\" | precondition: \"true && 'x' != ''\" | is wrong at line 7 (precondition of write-sms: Logical operator && does not support left hand side token true): correct it.",
        "precondition: \"[^\"]*\" | precondition: \"{{no.such.setting}}\" | The setting no.such.setting is missing: set NO_SUCH_SETTING.",
        "steps:                  | stepps:                             | is wrong at line 15 (Unsupported field: stepps): correct it.",
        "uri:                    | uri: [                              | is wrong at line 13 (while parsing a flow sequence): correct it.",
        "(?s).*                  | \"\"                                | is empty: write a route into it, or remove it.",
      })
  void a_route_file_that_cannot_be_read_stops_the_start_with_its_own_sentence(
      String from, String to, String sentence) throws IOException {
    FileSystemUtils.copyRecursively(Path.of("routes"), folder);
    var file = folder.resolve("delivery/channel-sms.yaml");
    Files.writeString(file, Files.readString(file).replaceFirst(from, to));

    var said = StartSentence.of(catchThrowable(() -> start(folder).close()));

    assertThat(said)
        .contains(
            sentence.startsWith("The ") ? sentence : "The route file " + file + " " + sentence);
  }

  @Test
  void without_a_route_that_sends_the_start_is_refused_with_what_to_do() throws IOException {
    Files.writeString(
        folder.resolve("mine.yaml"),
        "- route:\n    id: mine\n    from:\n      uri: direct:mine\n      steps:\n        - stop: {}\n");

    assertThat(StartSentence.of(catchThrowable(() -> start(folder).close())))
        .hasValueSatisfying(
            sentence ->
                assertThat(sentence)
                    .matches(
                        "channels.(\\w+).providers names \"(\\w+)\", but there is no route direct:\\1-via-\\2: add the route file that holds it to the folder of MESSAGING_ROUTES, or set CHANNELS_[A-Z]+_ENABLED to false."));
  }

  @Test
  void a_folder_that_is_a_link_to_a_config_map_is_read_whole() throws IOException {
    var mounted = asConfigMap(folder.resolve("mounted"));
    var link = Files.createSymbolicLink(folder.resolve("routes"), mounted);

    try (var service = start(link)) {
      assertThat(service.getBean(CamelContext.class).getRoutes())
          .extracting(route -> route.getRouteId())
          .contains("submitMessage", "send-sms", "claim")
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void a_folder_that_holds_all_route_files_flat_is_read_whole() throws IOException {
    var flat = Files.createDirectory(folder.resolve("flat"));
    FileSystemUtils.copyRecursively(Path.of("routes/sql"), flat.resolve("sql"));
    try (var files = Files.walk(Path.of("routes"))) {
      for (var file : files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
        // Two rooms may have a file of the same name.
        Files.copy(file, flat.resolve(file.toString().replace('/', '-')));
      }
    }

    try (var service = start(flat)) {
      assertThat(service.getBean(CamelContext.class).getRoutes())
          .extracting(route -> route.getRouteId())
          .contains("submitMessage", "send-sms", "claim")
          .doesNotHaveDuplicates();
    }
  }

  /**
   * Kubernetes lays a ConfigMap out as links to ..data, which is a link to a folder with a date.
   */
  private static Path asConfigMap(Path mounted) throws IOException {
    var dated = mounted.resolve("..2026_11_29_12_00_00.1");
    FileSystemUtils.copyRecursively(Path.of("routes"), dated);
    Files.createSymbolicLink(mounted.resolve("..data"), dated.getFileName());
    try (var files = Files.list(dated)) {
      for (var file : files.toList()) {
        Files.createSymbolicLink(
            mounted.resolve(file.getFileName()), Path.of("..data").resolve(file.getFileName()));
      }
    }
    return mounted;
  }

  private static ConfigurableApplicationContext start(Path routes) {
    return new SpringApplicationBuilder(CallbackMessaging.class)
        .run(
            "--server.port=0",
            "--messaging.routes=file:" + routes,
            "--messaging.data-dir=target/test-data/route-folder",
            "--messaging.broker-name=route-folder");
  }
}
