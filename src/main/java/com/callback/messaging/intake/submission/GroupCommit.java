package com.callback.messaging.intake.submission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.stereotype.Component;

/**
 * Gathers what is submitted while earlier statements run, so that one statement and one commit
 * serve many callers. Nobody waits for company: a caller who finds fewer statements running than
 * may run stores its own at once, and when a statement ends the caller who has waited longest leads
 * the next one, with all who wait by then.
 */
@Component
public class GroupCommit {

  /** While one statement waits for the disk another one is worked on. */
  private static final int PARALLEL = 2;

  /**
   * A batch of more than these says that many are coming in. From then on one statement at a time
   * serves them: it costs the database little more than one of half as many leads.
   */
  private static final int FEW = 4;

  private static final int MOST = 64;

  /**
   * Of a batch that was taken apart, how many are stored at once: other statements go on beside
   * them.
   */
  private static final int ALONE = 4;

  /** How long a visitor waits at most; longer than any statement may take. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ObjectWriter json;
  private final Deque<Ticket> waiting = new ArrayDeque<>();
  private final Semaphore alone = new Semaphore(ALONE, true);
  private int running;
  private int lastBatch;

  GroupCommit(ObjectMapper json) {
    this.json = json.writerFor(Submission[].class);
  }

  /** Lines a submission up. */
  public synchronized Ticket join(Submission submission) {
    var ticket = new Ticket(submission);
    if (running < parallel()) {
      running++;
      ticket.lead(null);
    } else {
      waiting.add(ticket);
    }
    return ticket;
  }

  /**
   * Waits until it is known what became of the ticket, which is false, or until its caller has to
   * store {@link #rows}, which is true.
   *
   * @throws TransientDataAccessResourceException when neither came about
   */
  public boolean leads(Ticket ticket) {
    while (ticket.isWaiting()) {
      if (!ticket.await(PATIENCE) && (withdraw(ticket) || !ticket.await(PATIENCE))) {
        throw new TransientDataAccessResourceException("No statement came to an end in time");
      }
    }
    if (ticket.isLeading() && ticket.batch() == null) {
      ticket.lead(gather(ticket));
    }
    if (ticket.isLeading() && ticket.isAlone() && !hasItsTurn()) {
      ticket.failed(
          new TransientDataAccessResourceException("Others were stored alone for too long"));
    }
    return ticket.isLeading();
  }

  /** What the leading ticket's caller has to store: the parameters of the accept statement. */
  public Map<String, String> rows(Ticket leader) throws JsonProcessingException {
    var leads = leader.batch().stream().map(Ticket::submission).toArray(Submission[]::new);
    return Map.of("leads", json.writeValueAsString(leads));
  }

  private static boolean wasRefused(Exception failure) {
    return failure instanceof CannotGetJdbcConnectionException || mayBeTheFaultOfOne(failure);
  }

  /** The statement has committed these rows, and nothing for a submission that has none. */
  public void stored(Ticket leader, List<Map<String, Object>> rows) {
    var byId = rows.stream().collect(Collectors.toMap(row -> row.get("id"), Function.identity()));
    leader.batch().forEach(ticket -> ticket.stored(byId.get(ticket.submission().id())));
    release(leader);
  }

  /**
   * The statement has failed, and stored nothing. What may be the fault of one submission is tried
   * again one by one; otherwise all have failed, and without a connection those who wait as well.
   *
   * @return the ids of leads that may be stored all the same: nobody heard the end of their
   *     statement
   */
  public List<String> failed(Ticket leader, Exception failure) {
    if (!leader.isLeading()) {
      // What failed came after the commit.
      return List.of();
    }
    var batch = leader.batch();
    if (failure instanceof CannotGetJdbcConnectionException && !leader.isAlone()) {
      dismiss((RuntimeException) failure);
    }
    release(leader);
    if (batch.size() > 1 && mayBeTheFaultOfOne(failure)) {
      batch.forEach(Ticket::leadAlone);
    } else {
      batch.forEach(ticket -> ticket.failed(unchecked(failure)));
    }
    return wasRefused(failure)
        ? List.of()
        : batch.stream().map(ticket -> ticket.submission().id()).toList();
  }

  /** The channels that a stored batch has given something to do, with commas between them. */
  public String channels(Ticket leader) {
    return all("channels", leader);
  }

  /** The businesses that have a lead more, with commas between them. */
  public String businesses(Ticket leader) {
    return all("business_id", leader);
  }

  private static String all(String column, Ticket leader) {
    var all =
        leader.batch().stream()
            .map(ticket -> ticket.row() == null ? null : (String) ticket.row().get(column))
            .filter(Objects::nonNull)
            .flatMap(each -> Stream.of(each.split(",")))
            .distinct()
            .collect(Collectors.joining(","));
    return all.isEmpty() ? null : all;
  }

  private synchronized List<Ticket> gather(Ticket leader) {
    var batch = new ArrayList<>(List.of(leader));
    var others = waiting.iterator();
    while (batch.size() < MOST && others.hasNext()) {
      var next = others.next();
      // One that repeats another must see what became of it, so it waits for the next statement.
      if (batch.stream().noneMatch(next::meets)) {
        others.remove();
        batch.add(next);
      }
    }
    lastBatch = batch.size();
    return batch;
  }

  private boolean hasItsTurn() {
    try {
      return alone.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void release(Ticket leader) {
    if (leader.isAlone()) {
      alone.release();
    } else {
      handOver();
    }
  }

  /**
   * The one who has waited longest leads the next statement, unless the other one is to take all.
   */
  private synchronized void handOver() {
    var next = running > parallel() ? null : waiting.poll();
    if (next == null) {
      running--;
    } else {
      next.lead(null);
    }
  }

  private int parallel() {
    return lastBatch > FEW ? 1 : PARALLEL;
  }

  private synchronized void dismiss(RuntimeException failure) {
    waiting.forEach(ticket -> ticket.failed(failure));
    waiting.clear();
  }

  /** One whose statement runs waits for it: what it stores must not be told as not stored. */
  private synchronized boolean withdraw(Ticket ticket) {
    return waiting.remove(ticket);
  }

  /**
   * Class 22: not what its type wants; 23: not what a constraint allows; 40: two statements that
   * waited for each other, which one lead by itself does not; 55P03: a row that somebody else has
   * locked; 57014: all together took too long.
   */
  private static boolean mayBeTheFaultOfOne(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(20)
        .anyMatch(
            cause ->
                cause instanceof SQLException sql
                    && hasClass(sql, "22", "23", "40", "55P03", "57014"));
  }

  private static boolean hasClass(SQLException failure, String... classes) {
    var state = String.valueOf(failure.getSQLState());
    return Stream.of(classes).anyMatch(state::startsWith);
  }

  private static RuntimeException unchecked(Exception failure) {
    return failure instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(failure);
  }
}
