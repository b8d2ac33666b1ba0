package com.callback.messaging.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds the Dockerfile to its promises; the tests run where there is no container engine. */
class DockerfileTest {

  private final List<Instruction> instructions = read(Path.of("Dockerfile"));

  DockerfileTest() throws IOException {}

  @Test
  void it_builds_in_one_stage_and_runs_in_another_without_a_compiler() {
    assertThat(all("FROM"))
        .contains("eclipse-temurin:25-jre AS service")
        .last()
        .isEqualTo("service");
  }

  /** The JVM takes a cache only of its own build, and of the very jars that it was trained on. */
  @Test
  void the_aot_cache_is_trained_on_the_image_that_takes_it() throws IOException {
    assertThat(all("FROM")).contains("service AS trained").last().isEqualTo("service");
    assertThat(all("RUN")).anyMatch(run -> run.endsWith("./train.sh /app"));
    assertThat(all("COPY")).contains("--from=trained /app/app.aot ./");
    assertThat(words(only("ENTRYPOINT"))).contains("-XX:AOTCache=app.aot");
    assertThat(Path.of("src/main/aot/train.sh")).content().contains("-XX:AOTCacheOutput=");
  }

  @Test
  void it_runs_as_a_numbered_user_that_is_not_root() {
    var names = instructions.stream().map(Instruction::name).toList();

    assertThat(names.lastIndexOf("USER"))
        .isBetween(names.lastIndexOf("FROM"), names.indexOf("ENTRYPOINT"));
    assertThat(all("USER")).last().asString().matches("[1-9]\\d*:[1-9]\\d*");
  }

  @Test
  void no_shell_stands_between_a_stop_signal_and_the_service() throws IOException {
    var command = words(only("ENTRYPOINT"));

    assertThat(command).first().isEqualTo("java");
    assertThat(command).contains("-Xmx320m", "-jar");
    assertThat(all("CMD")).isEmpty();
  }

  @Test
  void it_is_in_production_unless_told_otherwise_and_listens_to_other_containers() {
    assertThat(String.join(" ", all("ENV")))
        .contains("MESSAGING_MODE=production", "SERVER_ADDRESS=0.0.0.0");
  }

  @Test
  void it_says_how_its_health_is_seen() throws IOException {
    var check = only("HEALTHCHECK");

    assertThat(words(check.substring(check.indexOf('['))))
        .last()
        .asString()
        .contains("/actuator/health/readiness");
    assertThat(only("EXPOSE")).isEqualTo("8080");
  }

  @Test
  void it_adds_nothing_from_elsewhere() {
    assertThat(all("ADD")).isEmpty();
    assertThat(all("COPY")).noneMatch(copy -> copy.contains("://"));
  }

  @Test
  void it_holds_no_secret() {
    assertThat(instructions)
        .noneMatch(
            instruction ->
                instruction.toString().matches("(?is).*(password|passwd|secret|token|api_?key).*"));
  }

  @Test
  void only_what_the_build_needs_is_sent_to_it() throws IOException {
    assertThat(Files.readAllLines(Path.of(".dockerignore")))
        .filteredOn(line -> !line.startsWith("#"))
        .startsWith("*")
        .contains("!.mvn", "!config", "!mvnw", "!pom.xml", "!routes", "!src")
        .doesNotContain("!.env", "!data");
  }

  private List<String> all(String name) {
    return instructions.stream()
        .filter(instruction -> instruction.name().equals(name))
        .map(Instruction::arguments)
        .toList();
  }

  private String only(String name) {
    assertThat(all(name)).as(name).hasSize(1);
    return all(name).get(0);
  }

  /** Reads the exec form, which is JSON; anything else is a shell's. */
  private static List<String> words(String execForm) throws JsonProcessingException {
    JsonNode json = new ObjectMapper().readTree(execForm);
    assertThat(json.isArray()).as("exec form: %s", execForm).isTrue();
    return json.valueStream().map(JsonNode::asText).toList();
  }

  private static List<Instruction> read(Path file) throws IOException {
    var text = Files.readString(file).replaceAll("(?m)^#.*\\n", "").replaceAll("\\\\\\n", "");
    return text.lines().filter(line -> !line.isBlank()).map(Instruction::parse).toList();
  }

  private record Instruction(String name, String arguments) {
    static Instruction parse(String line) {
      var words = line.strip().split("\\s+", 2);
      return new Instruction(words[0], words.length > 1 ? words[1] : "");
    }
  }
}
