package com.callback.messaging.operation.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** The service gives its contract to whoever wants to call it. */
@ServiceTest
class ContractControllerTest {

  private static final YAMLMapper YAML = new YAMLMapper();

  @Autowired Service service;

  @Value("${messaging.public-url}")
  String publicUrl;

  @Test
  void it_is_the_one_that_is_enforced_and_says_where_to_call() throws Exception {
    var yaml = get("/openapi.yaml");
    var json = get("/openapi.json");
    assertThat(yaml.headers().firstValue("Content-Type"))
        .hasValue("application/yaml;charset=UTF-8");
    assertThat(json.headers().firstValue("Content-Type")).hasValue("application/json");
    var published = YAML.readTree(yaml.body());
    assertThat(new ObjectMapper().readTree(json.body())).isEqualTo(published);
    assertThat(published.at("/servers/0/url").asText()).isEqualTo(publicUrl);
    assertThat(withoutServers(published))
        .isEqualTo(withoutServers(YAML.readTree(Path.of("config/openapi.yaml").toFile())));
  }

  private static JsonNode withoutServers(JsonNode document) {
    ((ObjectNode) document).remove("servers");
    return document;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/openapi.yaml", "/openapi.json", "/docs"})
  void whoever_has_it_is_not_sent_it_again(String path) {
    var first = get(path);
    var tag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");
    var again =
        service.send(HttpRequest.newBuilder(service.at(path)).header("If-None-Match", tag).GET());
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  private HttpResponse<String> get(String path) {
    var answer = service.get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer;
  }
}
