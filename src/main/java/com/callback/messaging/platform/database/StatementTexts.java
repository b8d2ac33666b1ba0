package com.callback.messaging.platform.database;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.component.sql.DefaultSqlEndpoint;
import org.apache.camel.component.sql.DefaultSqlPrepareStatementStrategy;
import org.apache.camel.component.sql.SqlEndpoint;
import org.apache.camel.component.sql.SqlHelper;
import org.apache.camel.support.LifecycleStrategySupport;
import org.springframework.stereotype.Component;

/**
 * Searches the text of each statement for parameters once. Camel would do so at each execution,
 * copy the whole text for each parameter that it finds, and ask the database how many there are: a
 * round trip, after which a prepared statement is prepared again. A list is one parameter, an
 * array: Camel's {@code :#in:}, whose text depends on its values, is refused at its first
 * execution.
 */
@Component
class StatementTexts extends LifecycleStrategySupport {

  private final Once once = new Once();

  @Override
  public void onEndpointAdd(Endpoint endpoint) {
    if (endpoint instanceof DefaultSqlEndpoint sql) {
      sql.setPrepareStatementStrategy(once);
    }
    if (endpoint instanceof SqlEndpoint sql && sql.getParametersCount() == 0) {
      sql.setParametersCount(parametersOf(sql));
    }
  }

  private static int parametersOf(SqlEndpoint sql) {
    try {
      var text =
          SqlHelper.resolveQuery(sql.getCamelContext(), sql.getQuery(), sql.getPlaceholder());
      return (int) Once.PARAMETER.matcher(text).results().count();
    } catch (NoTypeConversionAvailableException | IOException e) {
      // A file that is not there is reported by its route, with its name.
      return 0;
    }
  }

  static final class Once extends DefaultSqlPrepareStatementStrategy {

    private static final Pattern PARAMETER =
        Pattern.compile(":\\?(\\$\\{(?:[^{}]|\\{[^}]*})+}|\\w+)");

    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private final Map<String, List<Parameter>> parameters = new ConcurrentHashMap<>();

    /** What stands for a value in a statement: an expression, or a name where that is null. */
    private record Parameter(String name, Expression expression) {

      Object valueIn(Exchange exchange, Object body) {
        return expression == null
            ? named(exchange, body)
            : expression.evaluate(exchange, Object.class);
      }

      private Object named(Exchange exchange, Object body) {
        return Stream.of(
                body instanceof Map<?, ?> values ? values : Map.of(),
                exchange.getIn().getHeaders(),
                exchange.getVariables())
            .filter(values -> values.containsKey(name))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("Nothing gives the parameter :#" + name))
            .get(name);
      }
    }

    @Override
    public String prepareQuery(String query, boolean named, Exchange exchange) throws SQLException {
      var known = texts.get(query);
      if (known == null) {
        known = super.prepareQuery(query, named, exchange);
        texts.put(query, known);
      }
      return known;
    }

    @Override
    public Iterator<?> createPopulateIterator(
        String query, String prepared, int expected, Exchange exchange, Object body) {
      return parameters.computeIfAbsent(query, text -> parametersOf(text, exchange)).stream()
          .map(each -> each.valueIn(exchange, body))
          .iterator();
    }

    private static List<Parameter> parametersOf(String query, Exchange exchange) {
      var simple = exchange.getContext().resolveLanguage("simple");
      return PARAMETER
          .matcher(query)
          .results()
          .map((MatchResult found) -> found.group(1))
          .map(
              name ->
                  new Parameter(name, name.startsWith("$") ? simple.createExpression(name) : null))
          .toList();
    }
  }
}
