package com.callback.messaging.inbox.stream;

import com.callback.messaging.operation.api.Call;
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

  private static final long COME_AGAIN_AFTER_MILLIS = 2_000;

  private static final Problem NO_PLACE =
      Problems.invalidParameter(
          "Last-Event-ID",
          "Give the id of the last event that you received, or leave it out to start with new events.");

  private final Feeds feeds;
  private final OperationInvoker routes;
  private final Problems problems;
  private final ProblemWriter writer;
  private volatile boolean isRunning;

  Streams(Feeds feeds, OperationInvoker routes, Problems problems, ProblemWriter writer) {
    this.feeds = feeds;
    this.routes = routes;
    this.problems = problems;
    this.writer = writer;
  }

  @GetMapping("/api/stream")
  void open(HttpServletRequest request, HttpServletResponse response) throws IOException {
    try {
      var listener = listener(request);
      feeds.join(listener);
      StreamConnection.open(feeds, listener, request, response);
    } catch (RuntimeException e) {
      writer.write(request, response, problems.of(e));
    }
  }

  private Listener listener(HttpServletRequest request) {
    var call = routes.begin(OPERATION, new BusinessInQuery(request));
    var start = start(call);
    var listener = new Listener(call, start.position(), () -> routes.run("listen", call, Map.of()));
    listener.tell(Frame.start(start.position(), COME_AGAIN_AFTER_MILLIS));
    if (start.isAnew()) {
      listener.tell(Frame.event(start.position(), "reset", "{}"));
    }
    return listener;
  }

  /** Where a listener begins; anew where they cannot go on from where they were. */
  private record Start(Position position, boolean isAnew) {}

  private Start start(Call call) {
    var values = call.asked().values();
    var last =
        values.containsKey("Last-Event-ID")
            ? values.get("Last-Event-ID")
            : values.get("lastEventId");
    var seen = last == null ? null : Position.of(last.toString());
    if (last != null && seen == null) {
      throw new RequestRefusedException(NO_PLACE);
    }
    var after = seen == null ? new Position(Long.MAX_VALUE, 0) : seen;
    @SuppressWarnings("unchecked")
    var row = (Map<String, Object>) routes.run(OPERATION, call, Map.of("position", after));
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
    feeds.open();
    isRunning = true;
  }

  /** The web server waits for answers that never end; so they end first. */
  @Override
  public void stop() {
    isRunning = false;
    feeds.close();
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
