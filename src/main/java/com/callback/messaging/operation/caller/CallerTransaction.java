package com.callback.messaging.operation.caller;

import java.time.Duration;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Policy;
import org.apache.camel.support.ExchangeHelper;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs its steps in one transaction as the caller in the variable {@code caller}, so that row-level
 * security decides what they see. Nothing asynchronous may stand among them: the transaction is
 * bound to the thread.
 */
@Component("asCaller")
class CallerTransaction implements Policy {

  private static final String BECOME =
      "select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ?, true), set_config('statement_timeout', ?, true)";

  private final FairShares shares;
  private final TransactionTemplate transaction;
  private final JdbcClient api;
  private final String patience;

  CallerTransaction(
      FairShares shares,
      @Qualifier("api") DataSource api,
      @Value("${messaging.database.statement-timeout}") Duration patience) {
    this.shares = shares;
    this.patience = patience.toMillis() + "ms";
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(api));
    this.api = JdbcClient.create(api);
  }

  @Override
  public void beforeWrap(Route route, NamedNode definition) {}

  @Override
  public Processor wrap(Route route, Processor steps) {
    return exchange -> {
      var caller = exchange.getVariable("caller", Caller.class);
      if (caller == null) {
        throw new IllegalStateException("Nobody said who is calling");
      }
      shares.within(
          caller,
          () ->
              transaction.executeWithoutResult(
                  status -> asCaller(caller, exchange, steps, status)));
    };
  }

  private void asCaller(
      Caller caller, Exchange exchange, Processor steps, TransactionStatus status) {
    api.sql(BECOME).param(caller.claims()).param(patience).query().singleRow();
    try {
      steps.process(exchange);
    } catch (Exception e) {
      exchange.setException(e);
    }
    // A failure that a rule has already answered must not be committed either.
    if (exchange.getException() != null
        || exchange.isRollbackOnly()
        || ExchangeHelper.isFailureHandled(exchange)) {
      status.setRollbackOnly();
    }
  }
}
