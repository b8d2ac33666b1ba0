package com.callback.messaging.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds docker-compose.yml to its promises; the tests run where there is no container engine. */
class ComposeFileTest {

  private static final Pattern EXPLAINED_VARIABLE =
      Pattern.compile("(?m)^ {6}([A-Z_]+): \\S.* # \\S");
  private static final Pattern ASKED_FOR = Pattern.compile("\\$\\{([A-Z_]+)");

  private final String text = Files.readString(Path.of("docker-compose.yml"));
  private final String example = Files.readString(Path.of(".env.example"));
  private final JsonNode compose = new YAMLMapper().readTree(text);

  ComposeFileTest() throws IOException {}

  @Test
  void the_service_comes_with_all_that_it_leans_on() {
    assertThat(services())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder("messaging", "postgres", "activemq", "mailpit");
  }

  @Test
  void every_service_says_how_its_health_is_seen() {
    for (var service : services()) {
      var test = service.getValue().at("/healthcheck/test");
      assertThat(test.path(0).asText()).as(service.getKey()).isEqualTo("CMD");
      assertThat(test.size()).as(service.getKey()).isGreaterThan(1);
    }
  }

  @Test
  void the_service_waits_until_its_neighbours_are_healthy() {
    var neighbours = compose.at("/services/messaging/depends_on").properties();

    assertThat(neighbours)
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder("postgres", "activemq", "mailpit");
    assertThat(neighbours)
        .allSatisfy(
            neighbour ->
                assertThat(neighbour.getValue().path("condition").asText())
                    .isEqualTo("service_healthy"));
  }

  @Test
  void every_port_is_bound_to_this_machine_only() {
    for (var service : services()) {
      assertThat(service.getValue().path("ports"))
          .as(service.getKey())
          .isNotEmpty()
          .allSatisfy(port -> assertThat(port.asText()).matches("127\\.0\\.0\\.1:\\d+:\\d+"));
    }
  }

  @Test
  void every_variable_says_on_its_line_what_it_is_for() {
    var set = new ArrayList<String>();
    for (var service : services()) {
      service.getValue().path("environment").fieldNames().forEachRemaining(set::add);
    }

    assertThat(groupsOf(EXPLAINED_VARIABLE, text)).isNotEmpty().containsExactlyElementsOf(set);
  }

  @Test
  void every_value_that_is_asked_of_the_operator_is_explained_in_the_example() {
    for (var name : Set.copyOf(groupsOf(ASKED_FOR, text))) {
      assertThat(example).containsPattern("(?m)^# .+\\n" + name + "=");
    }
  }

  @Test
  void no_password_has_a_value_in_either_file() {
    for (var service : services()) {
      for (var variable : service.getValue().path("environment").properties()) {
        if (variable.getKey().endsWith("PASSWORD")) {
          assertThat(variable.getValue().asText())
              .as(variable.getKey())
              .matches("\\$\\{[A-Z_]+:\\?set [A-Z_]+ in \\.env}");
        }
      }
    }
    assertThat(example.lines().filter(line -> line.contains("PASSWORD=")))
        .isNotEmpty()
        .allMatch(line -> line.endsWith("="));
  }

  @Test
  void no_part_is_left_to_be_embedded_in_the_container() {
    var environment = compose.at("/services/messaging/environment");

    assertThat(environment.path("SPRING_DATASOURCE_URL").asText())
        .startsWith("jdbc:postgresql://postgres:");
    assertThat(environment.path("SPRING_ACTIVEMQ_BROKER_URL").asText())
        .startsWith("tcp://activemq:");
    assertThat(environment.path("SPRING_MAIL_HOST").asText()).isEqualTo("mailpit");
  }

  @Test
  void the_service_is_reached_by_its_published_port_and_has_no_right_that_it_does_not_need() {
    var messaging = compose.at("/services/messaging");
    assertThat(messaging.at("/environment/SERVER_ADDRESS").asText()).isEqualTo("0.0.0.0");
    assertThat(messaging.path("read_only").asBoolean()).isTrue();
    assertThat(messaging.at("/cap_drop/0").asText()).isEqualTo("ALL");
    assertThat(messaging.at("/security_opt/0").asText()).isEqualTo("no-new-privileges:true");
    assertThat(messaging.path("mem_limit").asText()).isNotEmpty();
  }

  @Test
  void the_console_has_a_password_of_its_own() {
    var broker = compose.at("/services/activemq/environment");
    assertThat(broker.path("ACTIVEMQ_WEB_PASSWORD").asText()).contains("ACTIVEMQ_WEB_PASSWORD");
  }

  @Test
  void what_is_kept_is_kept_in_named_volumes() {
    var used = new TreeSet<String>();
    for (var service : services()) {
      service.getValue().path("volumes").forEach(volume -> used.add(volume.asText().split(":")[0]));
    }

    assertThat(compose.path("volumes").properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrderElementsOf(used);
    assertThat(used).hasSize(3);
  }

  private Set<Map.Entry<String, JsonNode>> services() {
    return compose.path("services").properties();
  }

  private static List<String> groupsOf(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1)).toList();
  }
}
