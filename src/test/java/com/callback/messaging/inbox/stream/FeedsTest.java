package com.callback.messaging.inbox.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.operation.api.Call;
import com.callback.messaging.operation.caller.Caller;
import com.callback.messaging.operation.caller.CredentialKind;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.RequestRefusedException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Nobody is told a thing twice, nor passed over, whoever else watches and whenever they came. */
class FeedsTest {

  private static final UUID BUSINESS = UUID.randomUUID();
  private static final String NAME = BUSINESS.toString();

  private final Feeds feeds = new Feeds(Clock.systemUTC(), new SimpleMeterRegistry(), 3);
  private final List<Runnable> writes = new ArrayList<>();

  @Test
  void whoever_joins_while_a_page_is_read_is_not_passed_over() {
    var first = join(new Position(100, 0));
    assertThat(feeds.begins(NAME)).isTrue();
    assertThat(feeds.goesOn(NAME)).isTrue();
    assertThat(feeds.position(NAME)).isEqualTo(new Position(100, 0));
    // What they missed begins before the page that is being read.
    var second = join(new Position(50, 0));
    assertThat(feeds.begins(NAME)).as("read already").isFalse();
    feeds.tell(NAME, events(101, 1));

    assertThat(first.position()).isEqualTo(new Position(101, 1));
    assertThat(second.position()).isEqualTo(new Position(50, 0));
    assertThat(feeds.goesOn(NAME)).isTrue();
    assertThat(feeds.position(NAME)).isEqualTo(new Position(101, 1));
    feeds.tell(NAME, List.of());
    assertThat(feeds.goesOn(NAME)).isTrue();
    assertThat(feeds.position(NAME)).isEqualTo(new Position(50, 0));
  }

  @Test
  void whoever_missed_much_is_told_page_by_page_and_holds_nobody_up() {
    var current = join(new Position(1_000, 0));
    read(List.of());
    assertThat(current.isUpToDate()).isTrue();
    var late = join(new Position(1, 0));

    feeds.begins(NAME);
    read(List.of());
    read(events(2, Feeds.PAGE));
    assertThat(late.position()).isEqualTo(new Position(2, Feeds.PAGE));
    assertThat(current.position()).isEqualTo(new Position(1_000, 0));
    assertThat(feeds.goesOn(NAME)).as("not before they have taken it").isFalse();

    feeds.begins(NAME);
    read(events(1_001, 1));
    assertThat(current.position()).isEqualTo(new Position(1_001, 1));
    assertThat(late.isOver()).isFalse();

    feeds.goesOn(NAME);
    write();
    feeds.begins(NAME);
    assertThat(feeds.goesOn(NAME)).isTrue();
    assertThat(feeds.position(NAME)).isEqualTo(new Position(2, Feeds.PAGE));
  }

  @Test
  void a_burst_of_more_than_a_page_drops_nobody_who_reads() {
    var listener = join(new Position(1, 0));
    read(List.of());
    for (int page = 2; page < 12; page++) {
      feeds.begins(NAME);
      read(events(page, Feeds.PAGE));
      write();
    }
    assertThat(listener.isOver()).isFalse();
    assertThat(listener.position()).isEqualTo(new Position(11, Feeds.PAGE));
  }

  @Test
  void a_read_begins_once_the_one_before_has_ended_or_failed() {
    join(new Position(1, 0));
    feeds.begins(NAME);
    read(List.of());
    assertThat(feeds.goesOn(NAME)).isTrue();
    feeds.tell(NAME, List.of());
    assertThat(feeds.goesOn(NAME)).isFalse();
    assertThat(feeds.begins(NAME)).isTrue();
    assertThat(feeds.begins(NAME)).as("is read").isFalse();
    feeds.failed(NAME);
    assertThat(feeds.begins(NAME)).isTrue();
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
    feeds.leave(first);
    join(new Position(1, 0));
  }

  @Test
  void one_who_gets_to_see_another_business_by_now_is_let_go() {
    var listener = join(new Position(1, 0));
    feeds.beat(listener, caller(BUSINESS));
    assertThat(listener.isOver()).isFalse();
    feeds.beat(listener, caller(UUID.randomUUID()));
    assertThat(listener.isOver()).isTrue();
    assertThat(feeds.listeners()).isEmpty();
  }

  @Test
  void one_of_whom_it_cannot_be_told_whether_they_may_stays() {
    var listener = join(new Position(1, 0));
    feeds.notRecognised(listener, new IllegalStateException("No database"));
    feeds.notRecognised(listener, refusal(503));
    assertThat(listener.isOver()).isFalse();
    feeds.notRecognised(listener, new IllegalStateException(refusal(401)));
    assertThat(listener.isOver()).isTrue();
  }

  @Test
  void nobody_is_let_in_while_the_streams_are_closed() {
    var listener = join(new Position(1, 0));
    feeds.close();
    assertThat(listener.isOver()).isTrue();
    assertThatThrownBy(() -> join(new Position(1, 0)))
        .isInstanceOfSatisfying(
            RequestRefusedException.class,
            refused -> assertThat(refused.problem().status()).isEqualTo(503));

    feeds.open();
    assertThat(join(new Position(1, 0)).isOver()).isFalse();
  }

  private static RequestRefusedException refusal(int status) {
    return new RequestRefusedException(Problem.of(status, "kind", "Title", "Detail."));
  }

  private void read(List<Map<String, Object>> rows) {
    feeds.goesOn(NAME);
    feeds.tell(NAME, rows);
  }

  private Listener join(Position position) {
    var emitter =
        new SseEmitter() {
          @Override
          public void send(SseEventBuilder event) {}
        };
    var call = new Call(caller(BUSINESS), null, null, null);
    var listener = new Listener(call, position, emitter, writes::add, () -> {});
    feeds.join(listener);
    return listener;
  }

  private void write() {
    while (!writes.isEmpty()) {
      writes.remove(0).run();
    }
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
