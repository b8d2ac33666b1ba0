package com.callback.messaging.inbox.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits for one who watches is little, and each thing comes once. */
class ListenerTest {

  private int drained;
  private final PlayedOutlet outlet = PlayedOutlet.open();
  private final Listener listener = new Listener(null, new Position(10, 0), () -> this.drained++);

  @BeforeEach
  void connect() {
    listener.connect(outlet);
  }

  @Test
  void events_that_a_listener_has_had_are_not_sent_again() {
    listener.tell(List.of(event(9, 5), event(10, 0), event(10, 1), event(10, 1)), false);
    assertThat(outlet.written()).hasSize(1);
    assertThat(listener.position()).isEqualTo(new Position(10, 1));
  }

  @Test
  void an_event_for_nobody_moves_a_listener_on() {
    listener.tell(List.of(new Event(new Position(12, 3), null, false)), false);
    assertThat(outlet.written()).isEmpty();
    assertThat(listener.position()).isEqualTo(new Position(12, 3));
  }

  @Test
  void a_page_is_sent_at_once_and_not_event_by_event() {
    listener.tell(events(1, 200), false);
    assertThat(outlet.written()).hasSize(200);
    assertThat(outlet.flushes()).isEqualTo(1);
  }

  @Test
  void frames_wait_in_their_order_while_the_connection_takes_no_more() {
    outlet.takes(2);
    listener.tell(events(1, 3), false);
    assertThat(outlet.written()).hasSize(2);
    listener.tell(Frame.HEARTBEAT);
    outlet.takes(10);
    listener.ready();
    assertThat(outlet.written()).hasSize(4).last().isEqualTo(":\n\n");
    assertThat(outlet.written().get(2)).startsWith("id:11-3\n");
  }

  @Test
  void frames_wait_for_the_connection_of_a_stream_that_begins() {
    var early = new Listener(null, new Position(10, 0), () -> {});
    early.tell(Frame.HEARTBEAT);
    assertThat(early.isOver()).isFalse();
    early.connect(outlet);
    early.ready();
    assertThat(outlet.written()).hasSize(1);
  }

  @Test
  void a_listener_who_does_not_keep_up_is_let_go() {
    outlet.takes(0);
    listener.tell(events(1, 300), false);
    assertThat(listener.isOver()).isTrue();
    assertThat(outlet.isEnded()).as("no thread waits until the connection takes the end").isFalse();
    outlet.takes(1);
    listener.ready();
    assertThat(outlet.isEnded()).isTrue();
    assertThat(outlet.written()).as("nothing is kept for them").isEmpty();
  }

  @Test
  void a_listener_who_reads_gets_more_than_may_wait() {
    listener.tell(events(1, 300), false);
    assertThat(listener.isOver()).isFalse();
    assertThat(outlet.written()).hasSize(300);
  }

  @Test
  void a_listener_who_is_behind_asks_for_more_when_all_is_sent() {
    assertThat(listener.canCatchUp()).isTrue();
    outlet.takes(0);
    listener.tell(events(1, 1), true);
    assertThat(listener.canCatchUp()).as("while something waits").isFalse();
    outlet.takes(2);
    listener.ready();
    assertThat(listener.canCatchUp()).isTrue();
    assertThat(drained).isEqualTo(1);

    listener.tell(events(2, 1), false);
    listener.ready();
    assertThat(listener.canCatchUp()).isFalse();
    assertThat(drained).isEqualTo(1);
  }

  @Test
  void a_listener_stays_although_nobody_hears_that_there_is_room() {
    var unheard =
        new Listener(
            null,
            new Position(10, 0),
            () -> {
              throw new IllegalStateException("The service stops");
            });
    unheard.connect(outlet);
    unheard.ready();
    assertThat(unheard.isOver()).isFalse();
  }

  @Test
  void an_end_is_the_last_and_comes_once() {
    outlet.takes(0);
    listener.tell(events(1, 1), false);
    listener.end();
    outlet.takes(10);
    listener.ready();
    listener.end();
    listener.tell(Frame.HEARTBEAT);
    assertThat(outlet.isEnded()).isTrue();
    assertThat(outlet.written()).isEmpty();
  }

  @Test
  void a_listener_whose_connection_breaks_is_over_and_is_not_ended_by_us() {
    outlet.cut();
    listener.tell(Frame.HEARTBEAT);
    assertThat(listener.isOver()).isTrue();
    listener.end();
    assertThat(outlet.isEnded()).isFalse();
  }

  private static List<Event> events(int first, int count) {
    return IntStream.range(first, first + count).mapToObj(id -> event(11, id)).toList();
  }

  private static Event event(long tx, long id) {
    var at = new Position(tx, id);
    return new Event(at, Frame.event(at, "message.created", "{}"), true);
  }
}
