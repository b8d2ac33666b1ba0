package com.callback.messaging;

import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules that make "one YAML file" safe. Camel itself does not notice most of what is checked
 * here.
 */
class RouteFilesTest {

  private static final Path ROUTES = Path.of("routes");
  private static final Pattern STATEMENT =
      Pattern.compile(
          "\\{\\{messaging\\.sql}}/([a-z]+/[a-z-]+\\.sql)\\?dataSource=#(?:intake|worker|lookup|upkeep|api)(.*)");
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final JsonSchema DSL =
      JsonSchemaFactory.getInstance(VersionFlag.V4)
          .getSchema(RouteFilesTest.class.getResourceAsStream("/schema/camelYamlDsl.json"));

  static List<Path> routeFiles() throws IOException {
    try (Stream<Path> files = Files.walk(ROUTES)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  static List<Path> channelFiles() throws IOException {
    return routeFiles().stream()
        .filter(file -> file.getFileName().toString().startsWith("channel-"))
        .toList();
  }

  /** Files with a route that makes the requests of a channel. */
  static List<Path> filesWithRequests() throws IOException {
    return Stream.concat(
            channelFiles().stream(), Stream.of(ROUTES.resolve("delivery/channels.yaml")))
        .toList();
  }

  static List<Path> statements() throws IOException {
    try (Stream<Path> files = Files.walk(ROUTES.resolve("sql"))) {
      return files.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("routeFiles")
  void is_valid_for_the_camel_version_we_build_with(Path file) throws IOException {
    // A {{placeholder}} is legal at run time even where the schema wants a number.
    assertThat(DSL.validate(YAML.readTree(file.toFile())))
        .filteredOn(problem -> !problem.getInstanceNode().asText().startsWith("{{"))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("routeFiles")
  void says_in_a_comment_what_it_is_for(Path file) throws IOException {
    assertThat(Files.readAllLines(file).get(0)).startsWith("# ");
  }

  /** In a jar the files come in another order than in a folder. */
  @ParameterizedTest
  @MethodSource("routeFiles")
  void has_only_what_does_not_depend_on_which_file_is_read_first(Path file) throws IOException {
    for (var part : YAML.readTree(file.toFile())) {
      assertThat(part.fieldNames().next())
          .isIn("route", "routeConfiguration", "routeTemplate", "templatedRoute");
    }
  }

  @ParameterizedTest
  @MethodSource("routeFiles")
  void every_route_says_what_it_does_and_how_it_fails(Path file) throws IOException {
    var rules = errorRules();
    for (var route : Stream.concat(routesIn(file).stream(), templatesIn(file)).toList()) {
      var id = route.path("id").asText();
      assertThat(id).as("id").matches("[a-z]+(-?[A-Z]?[a-z]+)*");
      assertThat(route.path("description").asText())
          .as("description of " + id)
          .hasSizeGreaterThan(15);
      if (route.has("errorHandler")) {
        assertThat(route.at("/errorHandler").has("noErrorHandler"))
            .as(id + " leaves failures to its caller")
            .isTrue();
        assertThat(route.at("/from/uri").asText()).as(id + " has a caller").startsWith("direct:");
      } else {
        assertThat(rules)
            .as("error rules of " + id)
            .contains(route.path("routeConfigurationId").asText());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("routeFiles")
  void a_route_that_others_call_is_named_as_they_call_it(Path file) throws IOException {
    assertThat(routesIn(file))
        .filteredOn(route -> input(route).startsWith("direct:") && !input(route).contains("{{"))
        .allSatisfy(route -> assertThat("direct:" + name(route)).isEqualTo(input(route)));
  }

  /** Who deletes a route because nobody calls it in YAML has to learn from it who does. */
  @ParameterizedTest
  @MethodSource("routeFiles")
  void a_route_that_no_file_calls_says_who_does(Path file) throws IOException {
    var text = Files.readString(file);
    for (var route : routesIn(file)) {
      if (input(route).startsWith("direct:")
          && !input(route).contains("{{")
          && !CALLED.contains(input(route))
          && !isMadeOfATemplateForChannels(file, route)) {
        assertThat(text)
            .as("who calls " + name(route))
            .containsPattern(
                "\n# called by [\\w, -]+\n- (route:\n    id: %1$s\n|templatedRoute: .*routeId: %1$s,)"
                    .formatted(name(route)));
      }
    }
  }

  /** Whether it is made of a template of delivery/channels.yaml, which says who calls it. */
  private static boolean isMadeOfATemplateForChannels(Path file, JsonNode route)
      throws IOException {
    return YAML.readTree(file.toFile()).findValues("templatedRoute").stream()
        .anyMatch(
            made ->
                Set.of("channel-send", "channel-post-json")
                        .contains(made.path("routeTemplateRef").asText())
                    && made.path("routeId").asText().equals(name(route)));
  }

  /** The addresses that steps name: read once, for they are asked about each file. */
  private static final Set<String> CALLED = called();

  private static Set<String> called() {
    var called = new TreeSet<String>();
    try {
      for (var file : routeFiles()) {
        for (var rule : YAML.readTree(file.toFile()).findValues("routeConfiguration")) {
          addCalled(rule, called);
        }
        routesIn(file).forEach(route -> addCalled(route, called));
      }
      // The route around all operations calls what the contract names.
      operations().forEach(operation -> called.add("direct:" + operation));
      return called;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void addCalled(JsonNode part, Set<String> called) {
    part.findParents("to").forEach(step -> called.add(step.at("/to/uri").asText()));
  }

  @ParameterizedTest
  @MethodSource("routeFiles")
  void whoever_is_said_to_call_a_route_does(Path file) throws IOException {
    var sources = sources();
    var named = Pattern.compile("# called by ([\\w, -]+)").matcher(Files.readString(file));
    while (named.find()) {
      for (var caller : named.group(1).split(", ")) {
        assertThat(Character.isUpperCase(caller.charAt(0)) ? sources : routeNames())
            .as("callers in " + file)
            .contains(caller);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("routeFiles")
  void every_step_that_leaves_a_route_has_an_id(Path file) throws IOException {
    for (var route : routesIn(file)) {
      for (var step : route.findValues("to")) {
        assertThat(step.path("id").asText()).as("a step of " + route.path("id")).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("routeFiles")
  void every_statement_names_its_pool_and_its_file(Path file) throws IOException {
    for (var step : YAML.readTree(file.toFile()).findParents("uri")) {
      var uri = step.path("uri").asText();
      if (uri.contains("sql") && !uri.contains("${")) {
        var statement = STATEMENT.matcher(uri);
        assertThat(statement.matches()).as(uri).isTrue();
        assertThat(ROUTES.resolve("sql").resolve(statement.group(1))).exists();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("routeFiles")
  void a_transaction_is_a_policy_never_transacted(Path file) throws IOException {
    assertThat(Files.readString(file)).doesNotContain("transacted:").doesNotContain("groovy");
  }

  @ParameterizedTest
  @MethodSource("routeFiles")
  void an_operation_leaves_to_the_one_around_it_what_all_have_in_common(Path file)
      throws IOException {
    var operations = operations();
    for (var route : routesIn(file)) {
      // What is served by a controller begins and ends there.
      if (operations.contains(name(route)) && !file.startsWith(ROUTES.resolve("inbox"))) {
        if (route.has("routeConfigurationId")) {
          continue;
        }
        assertThat(route.findValuesAsText("uri"))
            .as("steps of " + name(route))
            .noneMatch(uri -> uri.startsWith("direct:answer-"))
            .doesNotContain("direct:begin-operation", "direct:store-response", "direct:announce");
        assertThat(route.findValues("policy")).as("transaction of " + name(route)).isEmpty();
      }
    }
  }

  /** Operations that are one statement, and those that share a route which runs it. */
  private static Set<String> operationsWithoutRoute() throws IOException {
    var operations = new TreeSet<String>();
    var shared = routesThatRunAStatement();
    for (var path : YAML.readTree(Path.of("config/openapi.yaml").toFile()).get("paths")) {
      for (var operation : path) {
        if (shared.contains(operation.path("x-route").asText())) {
          operations.add(operation.path("operationId").asText());
        }
      }
    }
    operations.addAll(operations());
    operations.removeAll(routeNames());
    return operations;
  }

  private static Set<String> routesThatRunAStatement() throws IOException {
    var names = new TreeSet<String>();
    for (var file : routeFiles()) {
      routesIn(file).stream()
          .filter(route -> route.findValuesAsText("uri").contains("direct:run-statement"))
          .forEach(route -> names.add(name(route)));
    }
    return names;
  }

  /** What the contract names: operations, and the routes that several of them share. */
  private static Set<String> operations() throws IOException {
    var operations = new TreeSet<String>();
    for (var path : YAML.readTree(Path.of("config/openapi.yaml").toFile()).get("paths")) {
      for (var operation : path) {
        operations.add(operation.path("x-route").asText(operation.path("operationId").asText()));
      }
    }
    return operations;
  }

  @ParameterizedTest
  @MethodSource("channelFiles")
  void every_channel_is_wired_the_same_way(Path file) throws IOException {
    var name = file.getFileName().toString().replaceAll("channel-|\\.yaml", "");
    var enabled = "{{channels." + name + ".enabled}}";
    var routes = routesIn(file);

    var made =
        YAML.readTree(file.toFile()).findValues("templatedRoute").stream()
            .collect(
                Collectors.toMap(
                    each -> each.path("routeId").asText(),
                    each ->
                        each.path("routeTemplateRef").asText()
                            + " "
                            + each.at("/parameters/0/value").asText()));
    assertThat(made)
        .containsEntry(name + "-wake-up", "channel-wake-up " + name)
        .containsEntry(name + "-worker", "channel-worker " + name);
    assertThat(routes)
        .as("each route of a channel has a precondition that begins with %s", enabled)
        .allSatisfy(route -> assertThat(route.path("precondition").asText()).startsWith(enabled));
    assertThat(Stream.concat(made.keySet().stream(), routes.stream().map(RouteFilesTest::name)))
        .contains("send-" + name)
        .anyMatch(id -> id.startsWith(name + "-via-"));
    made.forEach(
        (id, template) -> {
          if (template.startsWith("channel-send")) {
            assertThat(id + " of " + template).isEqualTo("send-%1$s of channel-send %1$s", name);
          }
          if (template.startsWith("channel-post-json")) {
            assertThat(id + " of " + template)
                .isEqualTo("%1$s-via-http of channel-post-json %1$s", name);
          }
        });
    if (made.containsKey("send-" + name)) {
      return;
    }
    requireThatItRecords(routeIn(file, "send-" + name));
  }

  @Test
  void the_template_that_sends_records_what_came_back() throws IOException {
    requireThatItRecords(template("channel-send"));
  }

  private static void requireThatItRecords(JsonNode send) {
    assertThat(send.path("routeConfigurationId").asText())
        .as("routeConfigurationId of %s", name(send))
        .isEqualTo("delivery-errors");
    var steps = send.at("/from/steps");
    assertThat(steps.get(steps.size() - 1).at("/to/uri").asText())
        .as("the last step of %s; see docs/add-a-channel.md", name(send))
        .isEqualTo("direct:delivery-sent");
  }

  @ParameterizedTest
  @MethodSource("filesWithRequests")
  void every_request_of_a_channel_is_made_on_the_wire(Path file) throws IOException {
    if (sendsBatches(file)) {
      return;
    }
    for (var route : routesIn(file)) {
      if (input(route).contains("-via-")) {
        var policy = route.findValue("policy");
        assertThat(policy.path("ref").asText())
            .as("policy of " + name(route))
            .isEqualTo("onTheWire");
        assertThat(policy.findValues("to"))
            .as("requests of " + name(route))
            .isEqualTo(route.findValues("to"))
            .hasSize(1)
            .extracting(to -> to.path("uri").asText())
            .allMatch(
                uri -> !uri.startsWith("http:") || uri.contains("throwExceptionOnFailure=false"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("channelFiles")
  void a_channel_that_sends_batches_writes_them_and_makes_no_other_requests(Path file)
      throws IOException {
    if (!sendsBatches(file)) {
      return;
    }
    var channel = file.getFileName().toString().replaceAll("channel-|\\.yaml", "");
    assertThat(routeIn(file, "write-" + channel).findValuesAsText("method"))
        .singleElement()
        .asString()
        .startsWith("writeAll(");
    for (var route : routesIn(file)) {
      if (name(route).matches("(write|send)-.*|.*-via-.*")) {
        assertThat(route.findValuesAsText("uri"))
            .as("requests of " + name(route))
            .allMatch(uri -> uri.startsWith("direct:"));
      }
      if (name(route).contains("-via-")) {
        assertThat(route.findValuesAsText("method"))
            .containsExactly("response(${variable.attempt})");
      }
    }
  }

  @Test
  void a_batch_gives_each_slot_back() throws IOException {
    var steps =
        routeIn(ROUTES.resolve("delivery/claim-and-send.yaml"), "send-batch").at("/from/steps");
    assertThat(steps).as("one doTry around all steps").hasSize(1);
    assertThat(steps.at("/0/doTry/doFinally/steps/0/bean/method").asText())
        .isEqualTo("endUnsent(${variable.attempts})");
  }

  private static boolean sendsBatches(Path file) throws IOException {
    return routesIn(file).stream().anyMatch(route -> name(route).startsWith("write-"));
  }

  @ParameterizedTest
  @MethodSource("statements")
  void every_statement_says_why_it_exists(Path file) throws IOException {
    assertThat(file.getFileName().toString()).matches("[a-z]+(-[a-z]+)+\\.sql");
    assertThat(Files.readAllLines(file).get(0)).startsWith("-- ");
  }

  @ParameterizedTest
  @MethodSource("statements")
  void a_bean_in_a_statement_names_its_method(Path file) throws IOException {
    assertThat(Files.readString(file))
        .as("without a method Camel searches all its converters at each execution")
        .doesNotContainPattern(":#\\$\\{bean:\\w+}");
  }

  @ParameterizedTest
  @MethodSource("statements")
  void a_statement_takes_the_time_from_the_clock(Path file) throws IOException {
    assertThat(Files.readString(file))
        .as("tests move the clock: write cast(:#${bean:now?method=moment} as timestamptz)")
        .doesNotContainPattern("(?i)\\bnow\\(\\)|\\bcurrent_timestamp\\b");
  }

  @Test
  void no_statement_is_left_over() throws IOException {
    var used = new TreeSet<String>();
    for (var operation : operationsWithoutRoute()) {
      used.add("routes/sql/api/" + operation.replaceAll("[A-Z]", "-$0").toLowerCase(ROOT) + ".sql");
    }
    for (var file : routeFiles()) {
      Pattern.compile("messaging.sql}}/([a-z]+/[a-z-]+\\.sql)")
          .matcher(Files.readString(file))
          .results()
          .forEach(match -> used.add("routes/sql/" + match.group(1)));
    }
    assertThat(statements()).extracting(Path::toString).containsExactlyElementsOf(used);
  }

  private static Set<String> errorRules() throws IOException {
    var rules = new TreeSet<String>();
    for (var entry : YAML.readTree(ROUTES.resolve("errors.yaml").toFile())) {
      rules.add(entry.at("/routeConfiguration/id").asText());
    }
    return rules;
  }

  private static JsonNode routeIn(Path file, String name) throws IOException {
    return routesIn(file).stream()
        .filter(route -> name(route).equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String name(JsonNode route) {
    return route.path("id").asText();
  }

  private static String input(JsonNode route) {
    return route.at("/from/uri").asText();
  }

  private static Set<String> routeNames() throws IOException {
    var names = new TreeSet<String>();
    for (var file : routeFiles()) {
      routesIn(file).forEach(route -> names.add(name(route)));
      templatesIn(file).forEach(template -> names.add(name(template)));
    }
    return names;
  }

  /** The names of all Java classes. */
  private static Set<String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      return files
          .map(file -> file.getFileName().toString().replace(".java", ""))
          .collect(Collectors.toSet());
    }
  }

  /** The routes of a file, those that it makes of templates included. */
  private static List<JsonNode> routesIn(Path file) throws IOException {
    var routes = new ArrayList<JsonNode>();
    for (var entry : YAML.readTree(file.toFile())) {
      if (entry.has("route")) {
        routes.add(entry.get("route"));
      }
      if (entry.has("templatedRoute")) {
        routes.add(made(entry.get("templatedRoute")));
      }
    }
    return routes;
  }

  /** What Camel makes of a template: its route with the parameters filled in. */
  private static JsonNode made(JsonNode of) throws IOException {
    var template = template(of.path("routeTemplateRef").asText());
    var text = template.toString();
    for (var parameter : of.path("parameters")) {
      var value = parameter.path("value").toString();
      text =
          text.replace(
              "{{" + parameter.path("name").asText() + "}}",
              value.substring(1, value.length() - 1));
    }
    return ((ObjectNode) YAML.readTree(text)).set("id", of.path("routeId"));
  }

  private static JsonNode template(String name) throws IOException {
    for (var file : routeFiles()) {
      var found = templatesIn(file).filter(template -> name(template).equals(name)).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new AssertionError("There is no template " + name);
  }

  /** The routes of a file's templates, each with the name and the description of its template. */
  private static Stream<JsonNode> templatesIn(Path file) throws IOException {
    return YAML.readTree(file.toFile()).findValues("routeTemplate").stream()
        .map(
            template -> {
              ObjectNode route = template.get("route").deepCopy();
              return route
                  .<ObjectNode>set("id", template.get("id"))
                  .set("description", template.get("description"));
            });
  }
}
