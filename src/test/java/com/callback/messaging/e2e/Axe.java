package com.callback.messaging.e2e;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Looks for accessibility faults with axe-core, which runs inside the page. */
final class Axe {

  private static final String LIST_VIOLATIONS =
      """
      async rules => (await axe.run({ resultTypes: ["violations"], ...rules })).violations.flatMap(violation =>
        violation.nodes.map(node => `${violation.id}: ${node.html} ${node.failureSummary}`))
      """;

  private static final Map<String, Object> ALL = Map.of();

  /** The rules whose result depends on colours. */
  private static final Map<String, Object> OF_COLOURS =
      Map.of("runOnly", List.of("color-contrast", "link-in-text-block"));

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

  /** What is wrong with the page as it is shown now, a line each. */
  List<String> violations(Page page) {
    return violations(page, ALL);
  }

  /**
   * What is wrong with the page in light and in dark colours, without loading it again. The style
   * sheets change nothing but colours, so the other rules run once.
   */
  Map<ColorScheme, List<String>> violationsInBothColours(Page page) {
    show(page, ColorScheme.LIGHT);
    var light = violations(page, ALL);
    show(page, ColorScheme.DARK);
    return Map.of(ColorScheme.LIGHT, light, ColorScheme.DARK, violations(page, OF_COLOURS));
  }

  private static void show(Page page, ColorScheme colours) {
    page.emulateMedia(new EmulateMediaOptions().setColorScheme(colours));
    page.evaluate(UNTIL_NOTHING_MOVES);
  }

  @SuppressWarnings("unchecked")
  private List<String> violations(Page page, Map<String, Object> rules) {
    if (!(Boolean) page.evaluate("'axe' in window")) {
      page.evaluate(script);
    }
    return (List<String>) page.evaluate(LIST_VIOLATIONS, rules);
  }
}
