package com.callback.messaging.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The machine's own Chromium, driven by Playwright, which therefore downloads none. */
public final class Chromium implements AutoCloseable {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final int PATIENCE_MS = 60_000;
  private static final String MISSING =
      "There is no Chromium: install the package chromium (Debian: apt-get install chromium), or name"
          + " its program in the environment variable CHROMIUM.";

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Path program) {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new LaunchOptions()
                    .setExecutablePath(program)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--no-first-run",
                            "--disable-quic")));
  }

  /** Starts it; without one the tests are left out, but on CI they fail. */
  public static Chromium start() {
    var program = program();
    if (program.isEmpty() && "true".equals(System.getenv("CI"))) {
      Assertions.fail(MISSING);
    }
    Assumptions.assumeTrue(program.isPresent(), MISSING);
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    return new Chromium(program.get());
  }

  private static Optional<Path> program() {
    var named = System.getenv("CHROMIUM");
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    var folders = System.getenv("PATH").split(File.pathSeparator);
    return NAMES.stream()
        .flatMap(name -> Stream.of(folders).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A page of a visitor who has never been here; closing it closes everything of theirs. */
  public Page page(NewContextOptions visitor) {
    var context = browser.newContext(visitor);
    context.setDefaultTimeout(PATIENCE_MS);
    var page = context.newPage();
    page.onClose(closed -> context.close());
    return page;
  }

  @Override
  public void close() {
    playwright.close();
  }
}
