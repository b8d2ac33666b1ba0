package com.callback.messaging.operation.caller;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.platform.http.Problems;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Policy;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a caller asks for may take its time, and no more. */
@ServiceTest
class PatienceTest {

  @Autowired Service service;
  @Autowired CamelContext camel;
  @Autowired Problems problems;

  @Autowired
  @Qualifier("asCaller")
  Policy asCaller;

  @Autowired
  @Qualifier("api")
  javax.sql.DataSource api;

  @Test
  void a_statement_that_does_not_end_is_ended_and_its_caller_told() throws Exception {
    var business = service.businessWithoutChannels();
    var exchange = new DefaultExchange(camel);
    exchange.setVariable(
        "caller",
        new Caller(business.id(), "somebody", CredentialKind.KEY, UUID.randomUUID(), null));

    asCaller
        .wrap(null, steps -> JdbcClient.create(api).sql("select pg_sleep(60)").query().listOfRows())
        .process(exchange);

    var problem = problems.of(exchange.getException());
    assertThat(problem.status()).isEqualTo(503);
    assertThat(problem.type()).isEqualTo("urn:callback-messaging:problem:took-too-long");
  }
}
