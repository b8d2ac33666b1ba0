package com.callback.messaging.operation.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.operation.contract.Operations;
import com.callback.messaging.platform.startup.StartFailure;
import com.callback.messaging.support.ServiceTest;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.DefaultResourceLoader;

@ServiceTest
class OperationRoutesTest {

  @Autowired Operations operations;
  @Autowired OperationRoutes routes;

  @Test
  void an_operation_runs_the_route_of_its_name_a_shared_one_or_its_statement() {
    assertThat(routes.of("createApiKey")).isEqualTo("createApiKey");
    assertThat(routes.of("readMessage")).isEqualTo("change-lead");
    assertThat(routes.of("listTags")).isEqualTo("run-statement");
  }

  @Test
  void an_operation_without_route_and_statement_refuses_the_start_and_says_what_to_add() {
    var inputs = inputs();
    inputs.remove("direct:createApiKey");

    assertThatThrownBy(() -> fresh().find(inputs))
        .isInstanceOf(StartFailure.class)
        .hasMessage(
            "Nothing runs the operation createApiKey of the contract: add a route"
                + " direct:createApiKey, or the statement sql/api/create-api-key.sql, to the folder"
                + " of MESSAGING_ROUTES.");
  }

  @Test
  void an_operation_of_no_business_needs_a_route_of_its_own() {
    var inputs = inputs();
    inputs.remove("direct:getSession");

    assertThatThrownBy(() -> fresh().find(inputs)).hasMessageContaining("direct:getSession");
  }

  /** Where each operation has a route. */
  private Set<String> inputs() {
    return operations.routed().stream()
        .map(operation -> "direct:" + operation.route())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private OperationRoutes fresh() {
    return new OperationRoutes(operations, new DefaultResourceLoader(), "file:routes/sql/api/");
  }
}
