package com.callback.messaging.inbox.stream;

import com.callback.messaging.operation.api.Call;
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
public final class Listener {

  /** More than a page, so that one always fits into an empty queue. */
  static final int MOST_WAITING = 256;

  private final Call call;
  private final Runnable whenDrained;
  private final Queue<Frame> waiting = new ArrayDeque<>();
  private Outlet outlet;
  private boolean isEnded;
  private volatile boolean isOver;
  private volatile boolean isBehind = true;
  private volatile Position position;

  /**
   * A listener who has yet to be told what they missed, if anything.
   *
   * @param whenDrained run when one who is behind can take more
   */
  Listener(Call call, Position position, Runnable whenDrained) {
    this.call = call;
    this.position = position;
    this.whenDrained = whenDrained;
  }

  /** From now on what is for them goes here, once it is said to be ready. */
  synchronized void connect(Outlet outlet) {
    this.outlet = outlet;
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
  synchronized boolean canCatchUp() {
    return !isOver && isBehind && waiting.isEmpty();
  }

  /**
   * Gives them the events that they have not had.
   *
   * @param thereIsMore whether more events stand behind these
   */
  synchronized void tell(List<Event> events, boolean thereIsMore) {
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

  synchronized void tell(Frame frame) {
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
        outlet.write(waiting.remove().bytes());
      }
      if (takesMore()) {
        outlet.flush();
      }
      if (isOver && takesMore()) {
        isEnded = true;
        outlet.end();
      }
    } catch (IOException | IllegalStateException e) {
      // They hung up: the web server ends the rest.
      lost();
    }
  }

  private boolean takesMore() {
    return outlet != null && !isEnded && outlet.isReady();
  }
}
