package com.callback.messaging.inbox.export;

import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.RequestRefusedException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Keeps count of the exports that are under way, and ends them when the service stops: before the
 * web server, which would wait for them.
 */
@Component
@EnableConfigurationProperties(ExportSettings.class)
class ExportsUnderWay implements SmartLifecycle {

  private static final int A_MOMENT = 5;

  private static final Problem TOO_MANY =
      Problem.of(
              429,
              "too-many-exports",
              "Too many exports at once",
              "Wait until another export has ended, and send the request again.")
          .after(A_MOMENT);

  private final ExportSettings settings;
  private final Map<UUID, Integer> taken = new HashMap<>();
  private volatile boolean open;

  ExportsUnderWay(ExportSettings settings) {
    this.settings = settings;
  }

  /** A place of an export, to be closed at its end. */
  interface Slot extends AutoCloseable {

    @Override
    void close();
  }

  /**
   * Takes one for a business.
   *
   * @throws RequestRefusedException 429 when there is none
   */
  synchronized Slot take(UUID business) {
    var all = taken.values().stream().mapToInt(Integer::intValue).sum();
    if (all >= settings.atOnce() || taken.getOrDefault(business, 0) >= settings.perBusiness()) {
      throw new RequestRefusedException(TOO_MANY);
    }
    taken.merge(business, 1, Integer::sum);
    return () -> leave(business);
  }

  private synchronized void leave(UUID business) {
    taken.computeIfPresent(business, (id, count) -> count == 1 ? null : count - 1);
  }

  /** Whether an export may go on. */
  boolean areOpen() {
    return open;
  }

  @Override
  public void start() {
    open = true;
  }

  @Override
  public void stop() {
    open = false;
  }

  @Override
  public boolean isRunning() {
    return open;
  }
}
