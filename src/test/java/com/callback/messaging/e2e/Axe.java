package com.callback.messaging.e2e;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Looks for accessibility faults with axe-core, which runs inside the page. */
final class Axe {

  private static final String LIST_VIOLATIONS =
      """
      async () => (await axe.run({ resultTypes: ["violations"] })).violations.flatMap(violation =>
        violation.nodes.map(node => `${violation.id}: ${node.html} ${node.failureSummary}`))
      """;

  /** What moves for ever is not waited for. */
  private static final String UNTIL_NOTHING_MOVES =
      """
      () => Promise.allSettled(document.getAnimations()
        .filter(each => Number.isFinite(each.effect.getComputedTiming().endTime))
        .map(each => each.finished)).then(() => true)
      """;

  private final String script;

  Axe() {
    try {
      script = Files.readString(Path.of("src/test/resources/axe/axe.min.js"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same in these colours, without loading the page again. */
  List<String> violations(Page page, ColorScheme colours) {
    page.emulateMedia(new EmulateMediaOptions().setColorScheme(colours));
    page.evaluate(UNTIL_NOTHING_MOVES);
    return violations(page);
  }

  /** What is wrong with the page as it is shown now, a line each. */
  @SuppressWarnings("unchecked")
  List<String> violations(Page page) {
    if (!(Boolean) page.evaluate("'axe' in window")) {
      page.evaluate(script);
    }
    return (List<String>) page.evaluate(LIST_VIOLATIONS);
  }
}
