package com.callback.messaging.inbox.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits for one who watches is little, and each thing comes once. */
class SubscriberTest {

  private int drained;
  private final FakeStreamOutput output = FakeStreamOutput.open();
  private final Subscriber subscriber =
      new Subscriber(null, new Position(10, 0), () -> this.drained++);

  @BeforeEach
  void connect() {
    subscriber.connect(output);
  }

  @Test
  void events_that_a_listener_has_had_are_not_sent_again() {
    subscriber.send(List.of(event(9, 5), event(10, 0), event(10, 1), event(10, 1)), false);
    assertThat(output.written()).hasSize(1);
    assertThat(subscriber.position()).isEqualTo(new Position(10, 1));
  }

  @Test
  void an_event_for_nobody_moves_a_listener_on() {
    subscriber.send(List.of(new Event(new Position(12, 3), null, false)), false);
    assertThat(output.written()).isEmpty();
    assertThat(subscriber.position()).isEqualTo(new Position(12, 3));
  }

  @Test
  void a_page_is_sent_at_once_and_not_event_by_event() {
    subscriber.send(events(1, 200), false);
    assertThat(output.written()).hasSize(200);
    assertThat(output.flushes()).isEqualTo(1);
  }

  @Test
  void frames_wait_in_their_order_while_the_connection_takes_no_more() {
    output.takes(2);
    subscriber.send(events(1, 3), false);
    assertThat(output.written()).hasSize(2);
    subscriber.send(Frame.HEARTBEAT);
    output.takes(10);
    subscriber.ready();
    assertThat(output.written()).hasSize(4).last().isEqualTo(":\n\n");
    assertThat(output.written().get(2)).startsWith("id:11-3\n");
  }

  @Test
  void frames_wait_for_the_connection_of_a_stream_that_begins() {
    var early = new Subscriber(null, new Position(10, 0), () -> {});
    early.send(Frame.HEARTBEAT);
    assertThat(early.isOver()).isFalse();
    early.connect(output);
    early.ready();
    assertThat(output.written()).hasSize(1);
  }

  @Test
  void a_listener_who_does_not_keep_up_is_let_go() {
    output.takes(0);
    subscriber.send(events(1, 300), false);
    assertThat(subscriber.isOver()).isTrue();
    assertThat(output.isEnded()).as("no thread waits until the connection takes the end").isFalse();
    output.takes(1);
    subscriber.ready();
    assertThat(output.isEnded()).isTrue();
    assertThat(output.written()).as("nothing is kept for them").isEmpty();
  }

  @Test
  void a_listener_who_reads_gets_more_than_may_wait() {
    subscriber.send(events(1, 300), false);
    assertThat(subscriber.isOver()).isFalse();
    assertThat(output.written()).hasSize(300);
  }

  @Test
  void a_listener_who_is_behind_asks_for_more_when_all_is_sent() {
    assertThat(subscriber.canCatchUp()).isTrue();
    output.takes(0);
    subscriber.send(events(1, 1), true);
    assertThat(subscriber.canCatchUp()).as("while something waits").isFalse();
    output.takes(2);
    subscriber.ready();
    assertThat(subscriber.canCatchUp()).isTrue();
    assertThat(drained).isEqualTo(1);

    subscriber.send(events(2, 1), false);
    subscriber.ready();
    assertThat(subscriber.canCatchUp()).isFalse();
    assertThat(drained).isEqualTo(1);
  }

  @Test
  void a_listener_stays_although_nobody_hears_that_there_is_room() {
    var unheard =
        new Subscriber(
            null,
            new Position(10, 0),
            () -> {
              throw new IllegalStateException("The service stops");
            });
    unheard.connect(output);
    unheard.ready();
    assertThat(unheard.isOver()).isFalse();
  }

  @Test
  void an_end_is_the_last_and_comes_once() {
    output.takes(0);
    subscriber.send(events(1, 1), false);
    subscriber.end();
    output.takes(10);
    subscriber.ready();
    subscriber.end();
    subscriber.send(Frame.HEARTBEAT);
    assertThat(output.isEnded()).isTrue();
    assertThat(output.written()).isEmpty();
  }

  @Test
  void a_listener_whose_connection_breaks_is_over_and_is_not_ended_by_us() {
    output.cut();
    subscriber.send(Frame.HEARTBEAT);
    assertThat(subscriber.isOver()).isTrue();
    subscriber.end();
    assertThat(output.isEnded()).isFalse();
  }

  private static List<Event> events(int first, int count) {
    return IntStream.range(first, first + count).mapToObj(id -> event(11, id)).toList();
  }

  private static Event event(long tx, long id) {
    var at = new Position(tx, id);
    return new Event(at, Frame.event(at, "message.created", "{}"), true);
  }
}
