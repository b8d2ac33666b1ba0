package com.callback.messaging.operation.contract;

import com.callback.messaging.platform.http.Problem.FieldError;
import com.callback.messaging.platform.http.Problems;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.JsonSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriTemplate;

/** The operations of the contract: their parameters, their bodies, and who may call them. */
@Component
public class Operations {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String SESSION = "session";

  private final Contract contract;
  private final Map<String, Operation> byId = new LinkedHashMap<>();
  private final List<OperationSpec> routed = new ArrayList<>();
  private final Set<String> withoutSession = new HashSet<>();

  Operations(Contract contract) {
    this.contract = contract;
    for (var path : contract.document().path("paths").properties()) {
      for (var method : path.getValue().properties()) {
        if (method.getValue().has("operationId")) {
          var operation = operation(method.getKey(), path.getKey(), method.getValue());
          byId.put(operation.id(), operation);
          if (path.getKey().startsWith("/api/")
              && isAnsweredInOneMessage(method.getValue())
              && !takesForms(method.getValue())) {
            routed.add(operation.spec());
          }
          if (!operation.accessRule().kinds().contains(SESSION)) {
            withoutSession.add(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
          }
        }
      }
    }
  }

  private record Parameter(String name, String in, JsonNode rule, JsonSchema schema) {

    String type() {
      return rule.at("/schema/type").asText();
    }
  }

  private record Operation(
      String id,
      UriTemplate path,
      List<Parameter> parameters,
      String body,
      boolean bodyRequired,
      AccessRule accessRule,
      OperationSpec spec) {}

  /**
   * The parameters of a call, by name, as the types that the contract gives them: text, {@code
   * Long}, {@code Boolean}; a list is text with commas between its values. Absent ones have their
   * default, or are absent.
   *
   * @param operation its operationId
   * @param path the path that was called
   * @param query the values of each query parameter
   * @param headers the value of a header, or null
   * @throws RequestRefusedException with every parameter that is wrong or unknown
   */
  public Map<String, Object> parameters(
      String operation, String path, Map<String, String[]> query, UnaryOperator<String> headers) {
    var called = find(operation);
    var errors = new ArrayList<FieldError>();
    var values = new LinkedHashMap<String, Object>();
    var inPath = called.path().match(path);
    for (var parameter : called.parameters()) {
      read(parameter, given(parameter, inPath, query, headers), values, errors);
    }
    unknown(called, query).forEach(errors::add);
    if (!errors.isEmpty()) {
      throw new RequestRefusedException(Problems.invalidParameter(errors));
    }
    return values;
  }

  /**
   * Holds a body against the operation's schema.
   *
   * @throws RequestRefusedException with every field that is wrong
   */
  public void requireBody(String operation, JsonNode body) {
    var errors = contract.errorsOf(find(operation).body(), body);
    if (!errors.isEmpty()) {
      throw new RequestRefusedException(Problems.invalidBody(errors));
    }
  }

  /** Whether the operation takes a JSON body. */
  public boolean hasBody(String operation) {
    return find(operation).body() != null;
  }

  /** Whether its JSON body must be there. */
  public boolean requiresBody(String operation) {
    return find(operation).bodyRequired();
  }

  /**
   * Whether an address may act for the person whose session's cookie comes along; also so where the
   * contract does not know it.
   */
  public boolean takesSession(String method, String path) {
    return !withoutSession.contains(method + " " + path);
  }

  /**
   * All below {@code /api} that are answered in one message and take no forms: whoever serves the
   * others opens their addresses.
   */
  public List<OperationSpec> routed() {
    return List.copyOf(routed);
  }

  /** How it is run and answered. */
  public OperationSpec spec(String operation) {
    return find(operation).spec();
  }

  /** Who may call it. */
  public AccessRule accessRule(String operation) {
    return find(operation).accessRule();
  }

  private Operation find(String id) {
    var operation = byId.get(id);
    if (operation == null) {
      throw new IllegalArgumentException("config/openapi.yaml has no operation " + id);
    }
    return operation;
  }

  private Operation operation(String method, String path, JsonNode operation) {
    var parameters =
        StreamSupport.stream(operation.path("parameters").spliterator(), false)
            .map(this::resolved)
            .map(this::parameter)
            .toList();
    var body = operation.at("/requestBody/content/application~1json/schema/$ref").asText();
    return new Operation(
        operation.get("operationId").asText(),
        new UriTemplate(path),
        parameters,
        body.isEmpty() ? null : body.substring(body.lastIndexOf('/') + 1),
        operation.at("/requestBody/required").asBoolean(),
        accessRule(operation.path("security")),
        spec(method.toUpperCase(Locale.ROOT), path, operation, parameters));
  }

  private OperationSpec spec(
      String method, String path, JsonNode operation, List<Parameter> parameters) {
    var id = operation.get("operationId").asText();
    var success = success(operation);
    return new OperationSpec(
        id,
        method,
        path,
        Integer.parseInt(success.getKey()),
        operation.path("x-route").asText(id),
        !accessRule(operation.path("security")).scopes().isEmpty(),
        parameters.stream().anyMatch(parameter -> parameter.name().equals("cursor")),
        resolved(success.getValue()).path("headers").has("ETag"),
        operation.path("x-audited").asBoolean(!method.equals("GET")),
        operation.path("x-budget").asText(null));
  }

  private static Map.Entry<String, JsonNode> success(JsonNode operation) {
    return operation.get("responses").properties().stream()
        .filter(response -> response.getKey().startsWith("2"))
        .findFirst()
        .orElseThrow();
  }

  /** Streams and files are too long for a message; they are for controllers. */
  private boolean isAnsweredInOneMessage(JsonNode operation) {
    var content = resolved(success(operation).getValue()).path("content");
    return content.isEmpty() || content.has("application/json");
  }

  private static boolean takesForms(JsonNode operation) {
    return operation.at("/requestBody/content").has("multipart/form-data");
  }

  private static AccessRule accessRule(JsonNode security) {
    var scopes = new TreeSet<String>();
    var schemes = new TreeSet<String>();
    for (var requirement : security) {
      for (var scheme : requirement.properties()) {
        schemes.add(scheme.getKey());
        scheme.getValue().forEach(scope -> scopes.add(scope.asText()));
      }
    }
    return new AccessRule(schemes, scopes);
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? contract.document().at(node.get("$ref").asText().substring(1)) : node;
  }

  private Parameter parameter(JsonNode rule) {
    return new Parameter(
        rule.get("name").asText(),
        rule.path("in").asText(),
        rule,
        contract.compile(rule.get("schema")));
  }

  private static String[] given(
      Parameter parameter,
      Map<String, String> inPath,
      Map<String, String[]> query,
      UnaryOperator<String> headers) {
    if (parameter.in().equals("path")) {
      return new String[] {inPath.getOrDefault(parameter.name(), "")};
    }
    if (parameter.in().equals("header")) {
      var value = headers.apply(parameter.name());
      return value == null ? null : new String[] {value.strip()};
    }
    var values = query.get(parameter.name());
    return values == null || values.length == 1 && values[0].isBlank() ? null : values;
  }

  private static void read(
      Parameter parameter, String[] given, Map<String, Object> values, List<FieldError> errors) {
    if (given == null) {
      var usual = parameter.rule().at("/schema/default");
      if (!usual.isMissingNode()) {
        values.put(parameter.name(), plain(usual));
      } else if (parameter.rule().path("required").asBoolean()) {
        errors.add(error(parameter));
      }
      return;
    }
    var value = typed(parameter, given);
    if (value == null || !parameter.schema().validate(value).isEmpty()) {
      errors.add(error(parameter));
      return;
    }
    values.put(parameter.name(), plain(value));
  }

  private static JsonNode typed(Parameter parameter, String[] given) {
    // PostgreSQL has no text with it, whatever the contract says of the rest.
    if (String.join("", given).indexOf('\0') >= 0) {
      return null;
    }
    if (parameter.type().equals("array")) {
      var array = JSON.arrayNode();
      for (var each : String.join(",", given).split(",")) {
        array.add(each.strip());
      }
      return array;
    }
    if (given.length > 1) {
      return null;
    }
    return switch (parameter.type()) {
      case "integer" ->
          given[0].matches("-?[0-9]{1,18}") ? JSON.numberNode(Long.parseLong(given[0])) : null;
      case "boolean" ->
          given[0].matches("true|false") ? JSON.booleanNode(Boolean.parseBoolean(given[0])) : null;
      default -> JSON.textNode(given[0]);
    };
  }

  private static Object plain(JsonNode value) {
    if (value.isArray()) {
      var texts = new ArrayList<String>();
      value.forEach(each -> texts.add(each.asText()));
      return String.join(",", texts);
    }
    if (value.isIntegralNumber()) {
      return value.longValue();
    }
    return value.isBoolean() ? (Object) value.booleanValue() : value.asText();
  }

  private static FieldError error(Parameter parameter) {
    return new FieldError(parameter.name(), Contract.remedy(parameter.rule()));
  }

  private static List<FieldError> unknown(Operation called, Map<String, String[]> query) {
    var known = new TreeSet<String>();
    called.parameters().stream()
        .filter(p -> p.in().equals("query"))
        .forEach(p -> known.add(p.name()));
    return query.keySet().stream()
        .filter(name -> !known.contains(name))
        .map(
            name ->
                new FieldError(
                    name,
                    known.isEmpty()
                        ? "Unknown parameter; leave it out."
                        : "Unknown parameter; the parameters are "
                            + String.join(", ", known)
                            + "."))
        .toList();
  }
}
