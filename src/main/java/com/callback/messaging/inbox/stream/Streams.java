package com.callback.messaging.inbox.stream;

import com.callback.messaging.operation.api.Invocation;
import com.callback.messaging.operation.api.OperationInvoker;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.ProblemWriter;
import com.callback.messaging.platform.http.Problems;
import com.callback.messaging.platform.http.RequestRefusedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Opens streams of server-sent events, and ends them before the web server stops. */
@RestController
class Streams implements SmartLifecycle {

  private static final String OPERATION = "streamEvents";

  private static final long RECONNECT_AFTER_MILLIS = 2_000;

  private static final Problem NO_POSITION =
      Problems.invalidParameter(
          "Last-Event-ID",
          "Give the id of the last event that you received, or leave it out to start with new events.");

  private final Subscribers subscribers;
  private final OperationInvoker routes;
  private final Problems problems;
  private final ProblemWriter writer;
  private volatile boolean isRunning;

  Streams(
      Subscribers subscribers, OperationInvoker routes, Problems problems, ProblemWriter writer) {
    this.subscribers = subscribers;
    this.routes = routes;
    this.problems = problems;
    this.writer = writer;
  }

  @GetMapping("/api/stream")
  void open(HttpServletRequest request, HttpServletResponse response) throws IOException {
    try {
      var subscriber = subscriber(request);
      subscribers.join(subscriber);
      StreamConnection.open(subscribers, subscriber, request, response);
    } catch (RuntimeException e) {
      writer.write(request, response, problems.of(e));
    }
  }

  private Subscriber subscriber(HttpServletRequest request) {
    var invocation = routes.begin(OPERATION, new BusinessInQuery(request));
    var start = start(invocation);
    var subscriber =
        new Subscriber(
            invocation, start.position(), () -> routes.run("subscribe", invocation, Map.of()));
    subscriber.send(Frame.start(start.position(), RECONNECT_AFTER_MILLIS));
    if (start.isAnew()) {
      subscriber.send(Frame.event(start.position(), "reset", "{}"));
    }
    return subscriber;
  }

  /** Where a subscriber begins; anew where they cannot go on from where they were. */
  private record Start(Position position, boolean isAnew) {}

  private Start start(Invocation invocation) {
    var values = invocation.input().values();
    var last =
        values.containsKey("Last-Event-ID")
            ? values.get("Last-Event-ID")
            : values.get("lastEventId");
    var seen = last == null ? null : Position.of(last.toString());
    if (last != null && seen == null) {
      throw new RequestRefusedException(NO_POSITION);
    }
    var after = seen == null ? new Position(Long.MAX_VALUE, 0) : seen;
    @SuppressWarnings("unchecked")
    var row = (Map<String, Object>) routes.run(OPERATION, invocation, Map.of("position", after));
    var now = new Position(((Number) row.get("now")).longValue(), 0);
    if (seen == null) {
      return new Start(now, false);
    }
    return Boolean.TRUE.equals(row.get("must_begin_anew"))
        ? new Start(now, true)
        : new Start(seen, false);
  }

  @Override
  public void start() {
    subscribers.open();
    isRunning = true;
  }

  /** The web server waits for answers that never end; so they end first. */
  @Override
  public void stop() {
    isRunning = false;
    subscribers.close();
  }

  @Override
  public boolean isRunning() {
    return isRunning;
  }

  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 1;
  }
}
