package com.callback.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reading order of the routes. */
class RoutesReadmeTest {

  private static final Path ROUTES = Path.of("routes");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)\\)");

  @Test
  void every_link_leads_to_a_file_or_folder() throws IOException {
    assertThat(links(Files.readString(ROUTES.resolve("README.md"))))
        .isNotEmpty()
        .allSatisfy(link -> assertThat(ROUTES.resolve(link)).exists());
  }

  @Test
  void every_room_is_named() throws IOException {
    try (Stream<Path> folders = Files.list(ROUTES)) {
      assertThat(links(Files.readString(ROUTES.resolve("README.md"))))
          .containsAll(
              folders
                  .filter(Files::isDirectory)
                  .map(room -> room.getFileName().toString())
                  .toList());
    }
  }

  @Test
  void the_walk_of_a_lead_from_intake_to_outcome_has_at_most_600_lines() throws IOException {
    var walk = Files.readString(ROUTES.resolve("README.md")).split("\n## ")[1];
    var files = links(walk).stream().filter(link -> link.endsWith(".yaml")).toList();
    long lines = 0;
    for (var file : files) {
      lines += Files.readAllLines(ROUTES.resolve(file)).size();
    }
    assertThat(files).startsWith("intake/intake.yaml").endsWith("delivery/outcome.yaml");
    assertThat(lines).isLessThanOrEqualTo(600);
  }

  /**
   * 2,200 for leads and their inbox, 200 for acts by link and SMS and the silence alarm, the rest
   * for providers, replies, members and presence. A shape that three share becomes a template.
   */
  @Test
  void all_routes_together_have_at_most_3140_lines_that_are_not_blank() throws IOException {
    var lines = 0L;
    for (var file : RouteFilesTest.routeFiles()) {
      var ofFile = Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
      if (ofFile.stream().noneMatch(line -> line.matches("- route(Template|Configuration)?:"))) {
        assertThat(ofFile).as("%s", file).hasSizeLessThanOrEqualTo(8);
      } else {
        lines += ofFile.size();
      }
    }
    assertThat(lines).isLessThanOrEqualTo(3140);
  }

  private static List<String> links(String text) {
    return LINK.matcher(text).results().map((MatchResult link) -> link.group(1)).toList();
  }
}
