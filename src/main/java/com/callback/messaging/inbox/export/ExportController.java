package com.callback.messaging.inbox.export;

import com.callback.messaging.operation.api.Invocation;
import com.callback.messaging.operation.api.OperationInvoker;
import com.callback.messaging.operation.contract.Contract;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problem.FieldError;
import com.callback.messaging.platform.http.ProblemWriter;
import com.callback.messaging.platform.http.Problems;
import com.callback.messaging.platform.http.RequestRefusedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.coyote.CloseNowException;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestHandler;

/**
 * Answers {@code GET /api/messages/export}. Not a route, since a route's answer is a message, and
 * this one need not fit into memory. It is written by the thread that took the request: whoever
 * reads slowly holds that one up, and nothing else.
 */
@Component
class ExportController implements HttpRequestHandler {

  private static final String OPERATION = "exportMessages";
  private static final Set<String> NOT_FILTERS =
      Set.of("format", "bom", "separator", "times", "columns");

  private static final Problem OTHER_METHOD =
      new Problem(
              "about:blank",
              "Method Not Allowed",
              405,
              "Use one of the methods that Allow lists.",
              List.of(),
              null)
          .withHeaders(Map.of("Allow", "GET"));

  /** What only CSV has, as it is where nobody says. */
  private static final Map<String, Object> OF_CSV =
      Map.of("bom", false, "separator", "comma", "times", "utc", "columns", "all");

  private static final Map<String, Character> SEPARATORS =
      Map.of("comma", ',', "semicolon", ';', "tab", '\t');

  private final OperationInvoker routes;
  private final ExportsUnderWay exports;
  private final Problems failures;
  private final ProblemWriter problems;
  private final Clock clock;
  private final List<String> fields;
  private final Set<String> moments;

  ExportController(
      OperationInvoker routes,
      ExportsUnderWay exports,
      Contract contract,
      Problems failures,
      ProblemWriter problems,
      Clock clock) {
    this.routes = routes;
    this.exports = exports;
    this.failures = failures;
    this.problems = problems;
    this.clock = clock;
    this.fields = contract.fieldsOf("MessageFields");
    this.moments = contract.momentsOf("MessageFields");
  }

  @Override
  public void handleRequest(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!HttpMethod.GET.matches(request.getMethod())) {
      problems.write(request, response, OTHER_METHOD);
      return;
    }
    try {
      var invocation = routes.begin(OPERATION, request);
      requireFit(invocation);
      try (var slot = exports.take(invocation.caller().businessId())) {
        export(invocation, response);
      }
    } catch (RuntimeException e) {
      problems.write(request, response, failures.of(e));
    }
  }

  private static void requireFit(Invocation invocation) {
    var given = invocation.input().values();
    var errors =
        OF_CSV.entrySet().stream()
            .filter(
                each -> isLines(invocation) && !each.getValue().equals(given.get(each.getKey())))
            .map(each -> new FieldError(each.getKey(), "Leave it out: only CSV has it."))
            .toList();
    if (!errors.isEmpty()) {
      throw new RequestRefusedException(Problems.invalidParameter(errors));
    }
  }

  private void export(Invocation invocation, HttpServletResponse response) throws IOException {
    var first = page(OPERATION, invocation, Map.of("details", details(invocation)));
    response.setContentType(
        isLines(invocation) ? "application/x-ndjson" : "text/csv;charset=UTF-8");
    response.setHeader(
        "Content-Disposition",
        "attachment; filename=\"leads-%s.%s\""
            .formatted(LocalDate.ofInstant(clock.instant(), clock.getZone()), format(invocation)));
    response.setHeader("Cache-Control", "no-store");
    try {
      write(invocation, first, response);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (RuntimeException e) {
      failures.of(e);
      // Without an end the answer cannot be taken for a whole one.
      throw new CloseNowException("An export ended before its last lead");
    }
  }

  private void write(Invocation invocation, List<ExportedLead> first, HttpServletResponse response)
      throws IOException {
    var file = file(invocation, first, response);
    var leads = first;
    while (!leads.isEmpty()) {
      for (var lead : leads) {
        file.add(lead.json());
      }
      file.flush();
      if (!exports.areOpen()) {
        throw new CloseNowException("The service stops");
      }
      leads = behind(leads.get(leads.size() - 1), invocation);
    }
    file.flush();
  }

  private LeadFile file(
      Invocation invocation, List<ExportedLead> leads, HttpServletResponse response)
      throws IOException {
    var out =
        new BufferedWriter(
            new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
    if (isLines(invocation)) {
      return new JsonLines(out);
    }
    var input = invocation.input().values();
    var form = form(input, leads);
    return input.get("columns").equals("readable")
        ? new ReadableCsv(out, form.isMarked(), form.separator(), clock(leads))
        : new Csv(out, fields, form);
  }

  private Csv.Form form(Map<String, Object> input, List<ExportedLead> leads) {
    return new Csv.Form(
        (Boolean) input.get("bom"),
        SEPARATORS.get((String) input.get("separator")),
        moments,
        input.get("times").equals("local") ? clock(leads) : null);
  }

  /** That of the business, which all its leads bring along. */
  private static ZoneId clock(List<ExportedLead> leads) {
    try {
      return leads.isEmpty() || leads.get(0).zone() == null
          ? ZoneOffset.UTC
          : ZoneId.of(leads.get(0).zone());
    } catch (DateTimeException e) {
      // PostgreSQL knows more names than Java.
      return ZoneOffset.UTC;
    }
  }

  private List<ExportedLead> behind(ExportedLead last, Invocation invocation) {
    return page(
        OPERATION + "-next",
        invocation,
        Map.of(
            "lastMoment",
            last.moment(),
            "lastId",
            last.id(),
            "credential",
            invocation.credential(),
            "accessRule",
            invocation.accessRule()));
  }

  @SuppressWarnings("unchecked")
  private List<ExportedLead> page(
      String route, Invocation invocation, Map<String, Object> variables) {
    var rows = (List<Map<String, Object>>) routes.run(route, invocation, variables);
    return rows.stream().map(ExportedLead::of).toList();
  }

  /** For the audit trail: by what was filtered, never for what. */
  private static String details(Invocation invocation) {
    var given = new TreeMap<>(invocation.input().values());
    given.values().removeIf(Boolean.FALSE::equals);
    var filters = given.keySet();
    filters.removeAll(NOT_FILTERS);
    return "{\"format\":\"%s\",\"filters\":[%s]}"
        .formatted(
            format(invocation), filters.isEmpty() ? "" : '"' + String.join("\",\"", filters) + '"');
  }

  private static boolean isLines(Invocation invocation) {
    return format(invocation).equals("jsonl");
  }

  private static String format(Invocation invocation) {
    return (String) invocation.input().values().get("format");
  }
}
