package com.callback.messaging.e2e;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Looks for accessibility faults with axe-core, which runs inside the page. */
final class Axe {

  private static final String LIST_VIOLATIONS =
      """
      async () => (await axe.run()).violations.flatMap(violation =>
        violation.nodes.map(node => `${violation.id}: ${node.html} ${node.failureSummary}`))
      """;

  private final String script;

  Axe() {
    try {
      script = Files.readString(Path.of("src/test/resources/axe/axe.min.js"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong with the page as it is shown now, a line each. */
  @SuppressWarnings("unchecked")
  List<String> violations(Page page) {
    page.evaluate(script);
    return (List<String>) page.evaluate(LIST_VIOLATIONS);
  }
}
