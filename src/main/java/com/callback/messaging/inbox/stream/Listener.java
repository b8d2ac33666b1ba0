package com.callback.messaging.inbox.stream;

import com.callback.messaging.operation.api.Call;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One who watches. What is for them waits in a short queue and is written by a thread of its own; a
 * listener who does not keep up is let go, and takes it up again where they were. Whoever is behind
 * is not hurried: they are told a page when they have taken the one before.
 */
public final class Listener {

  /** More than a page, so that one always fits into an empty queue. */
  static final int MOST_WAITING = 256;

  private final Call call;
  private final SseEmitter emitter;
  private final Executor writers;
  private final Runnable whenDrained;
  private final BlockingQueue<Frame> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicBoolean isWriting = new AtomicBoolean();
  private final AtomicBoolean isEnded = new AtomicBoolean();
  private volatile boolean isOver;
  private volatile boolean isBehind = true;
  private volatile Position position;

  /**
   * A listener who has yet to be told what they missed, if anything.
   *
   * @param whenDrained run when one who is behind can take more
   */
  Listener(
      Call call, Position position, SseEmitter emitter, Executor writers, Runnable whenDrained) {
    this.call = call;
    this.position = position;
    this.emitter = emitter;
    this.writers = writers;
    this.whenDrained = whenDrained;
  }

  public Call call() {
    return call;
  }

  /** Behind the last event that was theirs. */
  Position position() {
    return position;
  }

  boolean isOver() {
    return isOver;
  }

  /** Whether they have been told all that was there when it was last looked. */
  boolean isUpToDate() {
    return !isOver && !isBehind;
  }

  /** Whether they have missed something, or may have, and have room for a page of it. */
  boolean canCatchUp() {
    return !isOver && isBehind && waiting.isEmpty();
  }

  void isBehind(boolean isBehind) {
    this.isBehind = isBehind;
  }

  /** Gives them an event that stands here, unless they had it. */
  void tell(Position at, Frame frame) {
    if (at.compareTo(position) > 0) {
      position = at;
      if (frame != null) {
        tell(frame);
      }
    }
  }

  void tell(Frame frame) {
    if (!isOver && !waiting.offer(frame)) {
      // Not kept for them: they come again with the id of the last one they had.
      isOver = true;
      waiting.clear();
    }
    write();
  }

  /** Ends the stream once what is being written is written. */
  void end() {
    isOver = true;
    write();
  }

  private void write() {
    if (hasWork() && isWriting.compareAndSet(false, true)) {
      writers.execute(this::writeAll);
    }
  }

  private boolean hasWork() {
    return isOver ? !isEnded.get() : !waiting.isEmpty();
  }

  private void writeAll() {
    try {
      for (var frame = next(); frame != null; frame = next()) {
        emitter.send(frame.event());
      }
      if (isOver && isEnded.compareAndSet(false, true)) {
        emitter.complete();
      }
    } catch (IOException | IllegalStateException e) {
      // They hung up: the web server ends the rest.
      isOver = true;
      isEnded.set(true);
      waiting.clear();
    }
    isWriting.set(false);
    sayThatThereIsRoom();
    write();
  }

  private void sayThatThereIsRoom() {
    try {
      if (!isOver && isBehind) {
        whenDrained.run();
      }
    } catch (RuntimeException e) {
      // It is looked for who has room each second anyway.
    }
  }

  private Frame next() {
    return isOver ? null : waiting.poll();
  }
}
