package com.callback.messaging.inbox.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.operation.api.Invocation;
import com.callback.messaging.operation.caller.Caller;
import com.callback.messaging.operation.caller.CredentialKind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventRoundsTest {

  private static final UUID BUSINESS = UUID.randomUUID();
  private static final String NAME = BUSINESS.toString();

  private final Subscribers subscribers =
      new Subscribers(Clock.systemUTC(), new SimpleMeterRegistry(), 3);
  private final AtomicInteger rounds = new AtomicInteger();

  @BeforeEach
  void a_stream_is_open() {
    var caller = new Caller(BUSINESS, "Ada", CredentialKind.KEY, UUID.randomUUID(), null);
    var invocation = new Invocation(caller, null, null, null);
    var subscriber = new Subscriber(invocation, new Position(1, 0), () -> {});
    subscriber.connect(FakeStreamOutput.open());
    subscribers.join(subscriber);
    assertThat(subscribers.begins(NAME)).isTrue();
  }

  @Test
  void rounds_go_on_until_every_stream_has_all_events() throws Exception {
    run(exchange -> subscribers.publish(NAME, List.of()));
    // The first round reads what the stream missed; the second finds that it has all events.
    assertThat(rounds).hasValue(2);
    assertThat(subscribers.begins(NAME)).as("the next read may begin").isTrue();
  }

  @Test
  void a_round_that_failed_is_the_last_and_the_next_read_may_begin() throws Exception {
    run(exchange -> exchange.setException(new IllegalStateException("No database")));
    assertThat(rounds).hasValue(1);
    assertThat(subscribers.begins(NAME)).isTrue();
  }

  @Test
  void a_round_whose_failure_a_rule_has_handled_is_the_last_too() throws Exception {
    run(exchange -> exchange.getExchangeExtension().setFailureHandled(true));
    assertThat(rounds).hasValue(1);
    assertThat(subscribers.begins(NAME)).isTrue();
  }

  @Test
  void a_failure_that_is_thrown_goes_on_and_the_next_read_may_begin() {
    assertThatThrownBy(
            () ->
                run(
                    exchange -> {
                      throw new IllegalStateException("No database");
                    }))
        .hasMessage("No database");
    assertThat(subscribers.begins(NAME)).isTrue();
  }

  private void run(Processor steps) throws Exception {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.setVariable("business", NAME);
    new EventRounds(subscribers)
        .wrap(
            null,
            each -> {
              rounds.incrementAndGet();
              steps.process(each);
            })
        .process(exchange);
  }
}
