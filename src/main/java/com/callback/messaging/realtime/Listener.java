package com.callback.messaging.realtime;

import com.callback.messaging.api.Call;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One who watches. What is for them waits in a short queue and is written by a thread of its own; a
 * listener who does not keep up is let go, and takes it up again where they were.
 */
public final class Listener {

  private static final int MOST_WAITING = 256;

  private final Call call;
  private final SseEmitter emitter;
  private final Executor writers;
  private final BlockingQueue<Frame> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicBoolean isWriting = new AtomicBoolean();
  private volatile boolean isOver;
  private volatile Position position;

  Listener(Call call, Position position, SseEmitter emitter, Executor writers) {
    this.call = call;
    this.position = position;
    this.emitter = emitter;
    this.writers = writers;
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
    if (isWriting.compareAndSet(false, true)) {
      writers.execute(this::writeAll);
    }
  }

  private void writeAll() {
    try {
      for (var frame = next(); frame != null; frame = next()) {
        emitter.send(frame.event());
      }
      if (isOver) {
        emitter.complete();
      }
    } catch (IOException | IllegalStateException e) {
      // They hung up.
      isOver = true;
      waiting.clear();
    } finally {
      isWriting.set(false);
    }
    if (!isOver && !waiting.isEmpty()) {
      write();
    }
  }

  private Frame next() {
    return isOver ? null : waiting.poll();
  }
}
