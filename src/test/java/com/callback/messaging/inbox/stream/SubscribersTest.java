package com.callback.messaging.inbox.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.operation.api.Invocation;
import com.callback.messaging.operation.caller.Caller;
import com.callback.messaging.operation.caller.Credential;
import com.callback.messaging.operation.caller.CredentialKind;
import com.callback.messaging.operation.contract.AccessRule;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.RequestRefusedException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nobody is told a thing twice, nor passed over, whoever else watches and whenever they came. */
class SubscribersTest {

  private static final UUID BUSINESS = UUID.randomUUID();
  private static final String NAME = BUSINESS.toString();
  private static final AccessRule RULE = new AccessRule(Set.of("key"), Set.of());
  private static final Credential KEY = new Credential(CredentialKind.KEY, "one", null);

  private final Subscribers subscribers =
      new Subscribers(Clock.systemUTC(), new SimpleMeterRegistry(), 3);
  private final Map<Subscriber, FakeStreamOutput> outlets = new HashMap<>();

  @Test
  void whoever_joins_while_a_page_is_read_is_not_passed_over() {
    var first = join(new Position(100, 0));
    assertThat(subscribers.begins(NAME)).isTrue();
    assertThat(subscribers.goesOn(NAME)).isTrue();
    assertThat(subscribers.position(NAME)).isEqualTo(new Position(100, 0));
    // What they missed begins before the page that is being read.
    var second = join(new Position(50, 0));
    assertThat(subscribers.begins(NAME)).as("read already").isFalse();
    subscribers.publish(NAME, events(101, 1));

    assertThat(first.position()).isEqualTo(new Position(101, 1));
    assertThat(second.position()).isEqualTo(new Position(50, 0));
    assertThat(subscribers.goesOn(NAME)).isTrue();
    assertThat(subscribers.position(NAME)).isEqualTo(new Position(101, 1));
    subscribers.publish(NAME, List.of());
    assertThat(subscribers.goesOn(NAME)).isTrue();
    assertThat(subscribers.position(NAME)).isEqualTo(new Position(50, 0));
  }

  @Test
  void whoever_missed_much_is_told_page_by_page_and_holds_nobody_up() {
    var current = join(new Position(1_000, 0));
    read(List.of());
    assertThat(current.isUpToDate()).isTrue();
    var late = join(new Position(1, 0));
    outlets.get(late).takes(10);

    subscribers.begins(NAME);
    read(List.of());
    read(events(2, Subscribers.PAGE));
    assertThat(late.position()).isEqualTo(new Position(2, Subscribers.PAGE));
    assertThat(current.position()).isEqualTo(new Position(1_000, 0));
    assertThat(subscribers.goesOn(NAME)).as("not before they have taken it").isFalse();

    subscribers.begins(NAME);
    read(events(1_001, 1));
    assertThat(current.position()).isEqualTo(new Position(1_001, 1));
    assertThat(late.isOver()).isFalse();

    subscribers.goesOn(NAME);
    outlets.get(late).takes(Subscribers.PAGE);
    late.ready();
    subscribers.begins(NAME);
    assertThat(subscribers.goesOn(NAME)).isTrue();
    assertThat(subscribers.position(NAME)).isEqualTo(new Position(2, Subscribers.PAGE));
  }

  @Test
  void a_burst_of_more_than_a_page_drops_nobody_who_reads() {
    var subscriber = join(new Position(1, 0));
    read(List.of());
    for (int page = 2; page < 12; page++) {
      subscribers.begins(NAME);
      read(events(page, Subscribers.PAGE));
    }
    assertThat(subscriber.isOver()).isFalse();
    assertThat(subscriber.position()).isEqualTo(new Position(11, Subscribers.PAGE));
  }

  @Test
  void a_read_begins_once_the_one_before_has_ended_or_failed() {
    join(new Position(1, 0));
    subscribers.begins(NAME);
    read(List.of());
    assertThat(subscribers.goesOn(NAME)).isTrue();
    subscribers.publish(NAME, List.of());
    assertThat(subscribers.goesOn(NAME)).isFalse();
    assertThat(subscribers.begins(NAME)).isTrue();
    assertThat(subscribers.begins(NAME)).as("is read").isFalse();
    subscribers.failed(NAME);
    assertThat(subscribers.begins(NAME)).isTrue();
  }

  @Test
  void there_are_so_many_streams_of_a_business_and_no_more() {
    var first = join(new Position(1, 0));
    join(new Position(1, 0));
    join(new Position(1, 0));
    assertThatThrownBy(() -> join(new Position(1, 0)))
        .isInstanceOfSatisfying(
            RequestRefusedException.class,
            refused -> assertThat(refused.problem().status()).isEqualTo(429));
    subscribers.leave(first);
    join(new Position(1, 0));
  }

  @Test
  void one_who_gets_to_see_another_business_by_now_is_let_go() {
    var subscriber = join(new Position(1, 0));
    subscribers.sendHeartbeat(shared(subscriber), caller(BUSINESS));
    assertThat(subscriber.isOver()).isFalse();
    subscribers.sendHeartbeat(shared(subscriber), caller(UUID.randomUUID()));
    assertThat(subscriber.isOver()).isTrue();
    assertThat(subscribers.subscribers()).isEmpty();
  }

  @Test
  void one_of_whom_it_cannot_be_told_whether_they_may_stays() {
    var subscriber = join(new Position(1, 0));
    subscribers.notRecognised(shared(subscriber), new IllegalStateException("No database"));
    subscribers.notRecognised(shared(subscriber), refusal(503));
    assertThat(subscriber.isOver()).isFalse();
    subscribers.notRecognised(shared(subscriber), new IllegalStateException(refusal(401)));
    assertThat(subscriber.isOver()).isTrue();
  }

  @Test
  void nobody_is_let_in_while_the_streams_are_closed() {
    var subscriber = join(new Position(1, 0));
    subscribers.close();
    assertThat(subscriber.isOver()).isTrue();
    assertThatThrownBy(() -> join(new Position(1, 0)))
        .isInstanceOfSatisfying(
            RequestRefusedException.class,
            refused -> assertThat(refused.problem().status()).isEqualTo(503));

    subscribers.open();
    assertThat(join(new Position(1, 0)).isOver()).isFalse();
  }

  @Test
  void a_credential_is_looked_up_once_for_all_its_streams() {
    var first = join(new Position(1, 0));
    var second = join(new Position(1, 0));
    var other = join(new Position(1, 0), new Credential(CredentialKind.KEY, "another", null));
    assertThat(subscribers.credentials())
        .extracting(SharedCredential::subscribers)
        .containsExactlyInAnyOrder(List.of(first, second), List.of(other));
  }

  @Test
  void a_new_stream_is_told_the_counts_and_the_others_are_not_told_again() {
    var first = join(new Position(1, 0));
    assertThat(subscribers.counts(NAME)).isTrue();
    subscribers.count(NAME, "{}");
    var second = join(new Position(1, 0));
    assertThat(subscribers.counts(NAME)).as("nothing to count").isFalse();
    assertThat(outlets.get(first).written()).hasSize(1);
    assertThat(outlets.get(second).written()).containsExactly("event:counts\ndata:{}\n\n");
  }

  @Test
  void the_poll_reads_businesses_that_have_events_or_are_to_be_counted_and_no_others() {
    assertThat(subscribers.positions()).as("nobody watches").isNull();
    join(new Position(7, 1));
    assertThat(subscribers.positions())
        .isEqualTo("[{\"business\":\"%s\",\"tx\":7,\"id\":1}]".formatted(NAME));
    assertThat(subscribers.due(List.of())).as("never counted").containsExactly(NAME);
    subscribers.counts(NAME);
    assertThat(subscribers.due(List.of())).isEmpty();
    assertThat(subscribers.due(List.of(Map.of("business", BUSINESS)))).containsExactly(NAME);
  }

  private static RequestRefusedException refusal(int status) {
    return new RequestRefusedException(Problem.of(status, "kind", "Title", "Detail."));
  }

  private void read(List<Map<String, Object>> rows) {
    subscribers.goesOn(NAME);
    subscribers.publish(NAME, rows);
  }

  private Subscriber join(Position position) {
    return join(position, KEY);
  }

  private Subscriber join(Position position, Credential credential) {
    var invocation = new Invocation(caller(BUSINESS), null, credential, RULE);
    var subscriber = new Subscriber(invocation, position, () -> {});
    outlets.put(subscriber, FakeStreamOutput.open());
    subscriber.connect(outlets.get(subscriber));
    subscribers.join(subscriber);
    return subscriber;
  }

  private static SharedCredential shared(Subscriber subscriber) {
    return SharedCredential.of(List.of(subscriber));
  }

  private static Caller caller(UUID business) {
    return new Caller(business, "Ada", CredentialKind.KEY, UUID.randomUUID(), null);
  }

  private static List<Map<String, Object>> events(long tx, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(
            id -> Map.<String, Object>of("tx", tx, "id", id, "name", "message.created", "data", ""))
        .toList();
  }
}
