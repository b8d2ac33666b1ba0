package com.callback.messaging.operation.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The scripts that an operator makes a key and a first owner with. */
@ServiceTest
class AddApiKeyTest {

  @Autowired Service service;

  @Test
  void the_key_that_it_prints_opens_its_business() throws Exception {
    var business = service.businessWithoutChannels();
    var script =
        Files.readString(Path.of("docs/sql/add-api-key.sql"))
            .replace(":'business'", "'" + business.id() + "'")
            .replace(":'name'", "'The CRM'")
            .replace(":'scopes'", "'webhooks:read,webhooks:write'");

    var key = run(script);

    assertThat(key).matches("cbk_[0-9a-f]{64}");
    assertThat(service.call("GET", "/api/webhook-subscriptions", key, null).statusCode())
        .isEqualTo(200);
    assertThat(
            service
                .database()
                .sql("select prefix from messaging.api_keys where business_id = ?")
                .param(business.id())
                .query(String.class)
                .single())
        .isEqualTo(key.substring(0, 12));
  }

  @Test
  void a_mistyped_scope_is_named_and_no_key_is_made() throws Exception {
    var business = service.businessWithoutChannels();
    var script =
        Files.readString(Path.of("docs/sql/add-api-key.sql"))
            .replace(":'business'", "'" + business.id() + "'")
            .replace(":'name'", "'The CRM'");

    assertThatThrownBy(() -> run(script.replace(":'scopes'", "'messages:read, funels:write'")))
        .hasMessageContaining("There is no scope \"funels:write\": give some of messages:read");
    assertThat(run(script.replace(":'scopes'", "'messages:read, funnels:write'")))
        .startsWith("cbk_");
    assertThat(
            service
                .database()
                .sql("select scopes from messaging.api_keys where business_id = ?")
                .param(business.id())
                .query((row, i) -> List.of((String[]) row.getArray(1).getArray()))
                .list())
        .containsExactly(List.of("messages:read", "funnels:write"));
  }

  @Test
  void the_database_knows_the_scopes_of_the_contract() throws Exception {
    var scopes = scopesOfKeys(contract());

    assertThat(scopes).isNotEmpty();
    assertThat(
            service
                .database()
                .sql("select cardinality(messaging.existing_scopes(string_to_array(?, ',')))")
                .param(String.join(",", scopes))
                .query(Integer.class)
                .single())
        .isEqualTo(scopes.size());
  }

  @Test
  void a_key_can_be_given_every_scope_that_an_operation_asks_of_one() throws Exception {
    var contract = contract();
    var asked = new TreeSet<String>();
    contract.findValues("apiKey").stream()
        .filter(JsonNode::isArray)
        .forEach(scopes -> scopes.forEach(scope -> asked.add(scope.asText())));

    assertThat(asked).isNotEmpty();
    // Only the operator makes such a key, by the script.
    assertThat(asked.remove("limits:write")).isTrue();
    assertThat(scopesOfKeys(contract)).containsAll(asked).doesNotContain("limits:write");
  }

  @Test
  void the_first_owner_of_a_business_can_sign_in() throws Exception {
    var business = service.businessWithoutChannels();
    var email = "First-" + business.id() + "@Example.com";
    var script =
        Files.readString(Path.of("docs/sql/add-owner.sql"))
            .replace(":'business'", "'" + business.id() + "'")
            .replace(":'email'", "'" + email + "'");

    assertThat(run(script)).isEqualTo(email.toLowerCase(java.util.Locale.ROOT));
    assertThat(run(script)).as("once more").isNotNull();

    service.send(
        service
            .request("/api/sign-in", "application/json")
            .POST(BodyPublishers.ofString(service.text(java.util.Map.of("email", email)))));
    assertThat(
            service
                .database()
                .sql(
                    "select count(*) from messaging.deliveries where business_id = ? and cause = 'account'")
                .param(business.id())
                .query(Long.class)
                .single())
        .isEqualTo(1);
  }

  private static JsonNode contract() throws IOException {
    return new YAMLMapper().readTree(Path.of("config/openapi.yaml").toFile());
  }

  private static Set<String> scopesOfKeys(JsonNode contract) {
    var scopes = new TreeSet<String>();
    contract
        .findParents("scopes")
        .forEach(each -> each.at("/scopes/items/enum").forEach(s -> scopes.add(s.asText())));
    return scopes;
  }

  /** One statement after the other, and what the one in the middle answers. */
  private String run(String script) throws Exception {
    try (var connection = service.login().getConnection();
        var statement = connection.createStatement()) {
      String answer = null;
      var hasRows = statement.execute(script);
      while (hasRows || statement.getUpdateCount() != -1) {
        if (hasRows) {
          var rows = statement.getResultSet();
          rows.next();
          answer = rows.getString(1);
        }
        hasRows = statement.getMoreResults();
      }
      return answer;
    }
  }
}
