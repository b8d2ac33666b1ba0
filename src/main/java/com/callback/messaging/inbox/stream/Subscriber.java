package com.callback.messaging.inbox.stream;

import com.callback.messaging.operation.api.Invocation;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * An open stream. The thread that has an event for it writes the event, if the connection takes it;
 * the rest waits in a short queue, so a stream holds no thread. A stream whose queue is full is
 * ended, and its client resumes behind the last event it received. A stream that missed events gets
 * them a page at a time, the next one when the page before was taken.
 */
public final class Subscriber {

  /** More than a page, so that one always fits into an empty queue. */
  static final int MOST_WAITING = 256;

  private final Invocation invocation;
  private final Runnable whenDrained;
  private final Queue<Frame> waiting = new ArrayDeque<>();
  private StreamOutput output;
  private boolean isEnded;
  private volatile boolean isOver;
  private volatile boolean isBehind = true;
  private volatile Position position;

  /**
   * A stream that has yet to be sent what it missed, if anything.
   *
   * @param whenDrained run when one who is behind can take more
   */
  Subscriber(Invocation invocation, Position position, Runnable whenDrained) {
    this.invocation = invocation;
    this.position = position;
    this.whenDrained = whenDrained;
  }

  /** From now on what is for them goes here, once it is said to be ready. */
  synchronized void connect(StreamOutput output) {
    this.output = output;
  }

  public Invocation invocation() {
    return invocation;
  }

  /** Behind the last event that was theirs. */
  Position position() {
    return position;
  }

  boolean isOver() {
    return isOver;
  }

  /** Whether all events that were there at the last read have been sent to it. */
  boolean isUpToDate() {
    return !isOver && !isBehind;
  }

  /** Whether they have missed something, or may have, and can take a page of it. */
  synchronized boolean canCatchUp() {
    return !isOver && isBehind && waiting.isEmpty();
  }

  /**
   * Gives them the events that they have not had.
   *
   * @param thereIsMore whether more events stand behind these
   */
  synchronized void send(List<Event> events, boolean thereIsMore) {
    for (var event : events) {
      if (event.at().compareTo(position) > 0) {
        position = event.at();
        if (event.frame() != null) {
          keep(event.frame());
        }
      }
    }
    isBehind = thereIsMore;
    write();
  }

  synchronized void send(Frame frame) {
    keep(frame);
    write();
  }

  /** The connection takes more. */
  void ready() {
    boolean isDrained;
    synchronized (this) {
      write();
      isDrained = canCatchUp();
    }
    if (isDrained) {
      askForMore();
    }
  }

  private void askForMore() {
    try {
      whenDrained.run();
    } catch (RuntimeException e) {
      // The timer that polls each second also finds the streams that can take a page.
    }
  }

  /** Ends the stream. Nothing that waits is sent any more. */
  synchronized void end() {
    isOver = true;
    waiting.clear();
    write();
  }

  /** Their connection is gone. */
  synchronized void lost() {
    isOver = true;
    isEnded = true;
    waiting.clear();
  }

  private void keep(Frame frame) {
    if (waiting.size() == MOST_WAITING) {
      write();
    }
    if (waiting.size() == MOST_WAITING) {
      // Not kept for them: they come again with the id of the last one they had.
      end();
    } else if (!isOver) {
      waiting.add(frame);
    }
  }

  private void write() {
    try {
      while (!waiting.isEmpty() && takesMore()) {
        output.write(waiting.remove().bytes());
      }
      if (takesMore()) {
        output.flush();
      }
      if (isOver && takesMore()) {
        isEnded = true;
        output.end();
      }
    } catch (IOException | IllegalStateException e) {
      // They hung up: the web server ends the rest.
      lost();
    }
  }

  private boolean takesMore() {
    return output != null && !isEnded && output.isReady();
  }
}
