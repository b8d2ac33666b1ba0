package com.callback.messaging.intake.submission;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A submission on its way into the database, and the place where its caller waits for it. */
public final class Ticket {

  private enum State {
    WAITING,
    LEADING,
    STORED,
    FAILED
  }

  private final Submission submission;
  private final Semaphore turns = new Semaphore(0);
  private volatile State state = State.WAITING;
  private volatile List<Ticket> batch;
  private volatile boolean alone;
  private volatile Map<String, Object> row;
  private volatile RuntimeException failure;

  Ticket(Submission submission) {
    this.submission = submission;
  }

  Submission submission() {
    return submission;
  }

  boolean meets(Ticket other) {
    return submission.meets(other.submission);
  }

  /** The tickets that this one's caller stores; null while they have not been gathered. */
  List<Ticket> batch() {
    return batch;
  }

  /** How many tickets this one's caller stores. */
  public int size() {
    return batch.size();
  }

  boolean isWaiting() {
    return state == State.WAITING;
  }

  boolean isLeading() {
    return state == State.LEADING;
  }

  /** What the database answered; null when there is no open funnel with this id. */
  Map<String, Object> row() {
    if (failure != null) {
      throw failure;
    }
    return row;
  }

  /** Its caller is to store a batch: this one, or one that is yet to be gathered if it is null. */
  void lead(List<Ticket> batch) {
    this.batch = batch;
    turn(State.LEADING);
  }

  /** Its caller is to store it by itself, beside other statements. */
  void leadAlone() {
    alone = true;
    lead(List.of(this));
  }

  boolean isAlone() {
    return alone;
  }

  void stored(Map<String, Object> row) {
    this.row = row;
    turn(State.STORED);
  }

  void failed(RuntimeException failure) {
    this.failure = failure;
    turn(State.FAILED);
  }

  /** Waits for the next change of its state; false when none came in time. */
  boolean await(Duration limit) {
    try {
      return turns.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void turn(State next) {
    state = next;
    turns.release();
  }
}
