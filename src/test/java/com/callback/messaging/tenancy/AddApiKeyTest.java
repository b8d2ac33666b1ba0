package com.callback.messaging.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The script that an operator makes a key with. */
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
