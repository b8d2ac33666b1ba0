package com.callback.messaging.inbox.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What waits for one who watches is little, and each thing comes once. */
class ListenerTest {

  private int drained;
  private final List<Runnable> writes = new ArrayList<>();
  private final Written emitter = new Written();
  private final Listener listener =
      new Listener(null, new Position(10, 0), emitter, writes::add, () -> this.drained++);

  private static final class Written extends SseEmitter {

    private int events;
    private boolean isComplete;
    private Runnable whenSending = () -> {};

    @Override
    public void send(SseEventBuilder event) {
      events++;
      whenSending.run();
    }

    @Override
    public synchronized void complete() {
      isComplete = true;
    }
  }

  @Test
  void what_they_have_had_is_not_told_again() {
    listener.tell(new Position(9, 5), frame());
    listener.tell(new Position(10, 0), frame());
    listener.tell(new Position(10, 1), frame());
    listener.tell(new Position(10, 1), frame());
    write();
    assertThat(emitter.events).isEqualTo(1);
    assertThat(listener.position()).isEqualTo(new Position(10, 1));
  }

  @Test
  void an_event_for_nobody_moves_them_on() {
    listener.tell(new Position(12, 3), null);
    write();
    assertThat(emitter.events).isZero();
    assertThat(listener.position()).isEqualTo(new Position(12, 3));
  }

  @Test
  void one_who_does_not_keep_up_is_let_go() {
    for (int event = 1; event <= 300; event++) {
      listener.tell(new Position(11, event), frame());
    }
    assertThat(listener.isOver()).isTrue();
    write();
    assertThat(emitter.isComplete).isTrue();
    assertThat(emitter.events).as("nothing is kept for them").isZero();
  }

  @Test
  void one_who_is_behind_says_when_there_is_room_for_more() {
    assertThat(listener.canCatchUp()).isTrue();
    listener.tell(new Position(11, 1), frame());
    assertThat(listener.canCatchUp()).as("while something waits").isFalse();
    write();
    assertThat(listener.canCatchUp()).isTrue();
    assertThat(drained).isEqualTo(1);

    listener.isBehind(false);
    listener.tell(new Position(11, 2), frame());
    write();
    assertThat(listener.canCatchUp()).isFalse();
    assertThat(drained).isEqualTo(1);
  }

  @Test
  void an_end_while_something_is_written_is_not_forgotten() {
    emitter.whenSending = listener::end;
    listener.tell(frame());
    write();
    assertThat(emitter.isComplete).isTrue();
  }

  private void write() {
    while (!writes.isEmpty()) {
      writes.remove(0).run();
    }
  }

  private static Frame frame() {
    return new Frame("1-1", "message.created", "{}");
  }
}
