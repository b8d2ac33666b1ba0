package com.callback.messaging.operation.caller;

import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.RequestRefusedException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * How much of the API one caller, and one business, may have under way on an instance: a part of
 * the threads, and of those half of the connections, so that nobody's slow requests keep others
 * out.
 */
@Component
class FairShares {

  private static final Problem TOO_MANY =
      Problem.of(
              429,
              "too-many-under-way",
              "Too many requests at once",
              "Nothing was done. Wait for the responses to your other requests, and send it again.")
          .after(1);

  /** How long a request waits for those of its business. */
  private static final long PATIENCE_SECONDS = 10;

  private final int perCaller;
  private final int perBusiness;
  private final int connections;
  private final Map<UUID, Share> shares = new ConcurrentHashMap<>();

  FairShares(
      @Value("${messaging.http.per-caller}") int perCaller,
      @Value("${messaging.http.per-business}") int perBusiness,
      @Value("${messaging.database.api-size}") int apiSize) {
    this.perCaller = perCaller;
    this.perBusiness = perBusiness;
    this.connections = Math.max(1, apiSize / 2);
  }

  /** What somebody has under way; forgotten with the last of it. */
  private static final class Share {

    private final Semaphore connections;
    private int underWay;

    Share(int connections) {
      this.connections = new Semaphore(connections, true);
    }
  }

  /**
   * Does a caller's work, when it is its turn among what its business has under way.
   *
   * @throws RequestRefusedException 429 when caller or business have too much under way
   */
  void within(Caller caller, Runnable work) {
    enter(caller.businessId(), perBusiness);
    try {
      if (caller.id().equals(caller.businessId())) {
        connected(caller.businessId(), work);
        return;
      }
      enter(caller.id(), perCaller);
      try {
        connected(caller.businessId(), work);
      } finally {
        leave(caller.id());
      }
    } finally {
      leave(caller.businessId());
    }
  }

  private void connected(UUID business, Runnable work) {
    var turns = shares.get(business).connections;
    try {
      if (!turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new RequestRefusedException(TOO_MANY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RequestRefusedException(TOO_MANY);
    }
    try {
      work.run();
    } finally {
      turns.release();
    }
  }

  private void enter(UUID whose, int most) {
    shares.compute(
        whose,
        (id, known) -> {
          var share = known == null ? new Share(connections) : known;
          if (share.underWay >= most) {
            throw new RequestRefusedException(TOO_MANY);
          }
          share.underWay++;
          return share;
        });
  }

  private void leave(UUID whose) {
    shares.computeIfPresent(whose, (id, share) -> --share.underWay == 0 ? null : share);
  }
}
