package com.callback.messaging.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The client that front ends use is made of the contract as it is now, holds in its own tests, and
 * calls this service; tools import the contract as it is.
 */
@ServiceTest
class TypeScriptClientTest {

  @Autowired Service service;

  @BeforeAll
  static void packages() {
    Npm.prepare();
  }

  @Test
  void is_made_of_the_contract_and_calls_the_service() {
    var business = service.businessWithoutChannels();
    service.lead(
        business, Map.of("contactName", "Ada Lovelace", "contactPhone", "+61 491 570 006"));
    var outcome =
        Npm.run(
            Map.of(
                "SERVICE_URL",
                service.at("").toString(),
                "SERVICE_KEY",
                service.key(business, "messages:read")),
            "test",
            "--workspace=client");
    assertThat(outcome.isWell()).as(outcome.whatFailed()).isTrue();
    assertThat(outcome.said()).doesNotContain("skipped");
  }
}
