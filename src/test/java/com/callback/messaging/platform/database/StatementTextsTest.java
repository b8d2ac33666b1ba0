package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.sql.SqlEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

class StatementTextsTest {

  /** As Camel hands it on: its # has become a question mark. */
  private static final String STATEMENT =
      "select :?${variable.lead}, cast(:?name as text), :?${bean:leads?method=of(${header.id})}";

  private final StatementTexts.Once once = new StatementTexts.Once();
  private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

  @Test
  void each_parameter_becomes_a_question_mark_however_often_it_is_asked() throws SQLException {
    for (var i = 0; i < 2; i++) {
      assertThat(once.prepareQuery(STATEMENT, true, exchange))
          .isEqualTo("select ?, cast(? as text), ?");
    }
  }

  @Test
  void values_are_those_of_each_exchange_in_their_order() {
    exchange.getContext().getRegistry().bind("leads", new Leads());
    for (var lead : List.of("first", "second")) {
      exchange.setVariable("lead", lead);
      exchange.getMessage().setHeader("id", lead + " id");
      assertThat(valuesOf(Map.of("name", lead + " name")))
          .isEqualTo(List.of(lead, lead + " name", "lead of " + lead + " id"));
    }
  }

  @Test
  void the_parameters_of_a_statement_are_counted_when_its_endpoint_is_made() throws Exception {
    var camel = exchange.getContext();
    camel.getRegistry().bind("none", new SimpleDriverDataSource());
    camel.addLifecycleStrategy(new StatementTexts());
    var counted =
        camel.getEndpoint(
            "sql:select :#${body}, cast(:#name as text)?dataSource=#none", SqlEndpoint.class);
    var given =
        camel.getEndpoint("sql:select :#a?dataSource=#none&parametersCount=3", SqlEndpoint.class);
    var absent = camel.getEndpoint("sql:file:none.sql?dataSource=#none", SqlEndpoint.class);

    assertThat(counted.getParametersCount()).isEqualTo(2);
    assertThat(given.getParametersCount()).isEqualTo(3);
    assertThat(absent.getParametersCount()).isZero();
  }

  @Test
  void a_parameter_that_nothing_gives_is_named() {
    assertThatThrownBy(() -> valuesOf(Map.of())).hasMessageContaining(":#name");
  }

  private List<Object> valuesOf(Map<String, Object> body) {
    exchange.getMessage().setBody(body);
    var values = new ArrayList<>();
    once.createPopulateIterator(STATEMENT, "", 3, exchange, body).forEachRemaining(values::add);
    return values;
  }

  /** A bean as statements name them. */
  public static class Leads {

    public String of(String id) {
      return "lead of " + id;
    }
  }
}
