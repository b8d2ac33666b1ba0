package com.callback.messaging.platform.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a first visit of the inbox loads, as it was built: somebody waits for it on a phone. */
class FirstLoadTest {

  private static final Path BUILT = Path.of("target/classes/static/app");
  private static final int MOST_BYTES = 200_000;

  private final JsonNode manifest = manifest();

  @Test
  void the_inbox_opens_with_two_hundred_kilobytes_at_most() {
    var files = new LinkedHashSet<String>();
    gather("index.html", files);
    assertThat(files)
        .anyMatch(name -> name.endsWith(".js"))
        .anyMatch(name -> name.endsWith(".css"));
    assertThat(files.stream().mapToLong(FirstLoadTest::packed).sum())
        .as("bytes of %s, packed", files)
        .isLessThanOrEqualTo(MOST_BYTES);
  }

  @Test
  void charts_and_settings_come_when_somebody_goes_there() {
    var first = new LinkedHashSet<String>();
    gather("index.html", first);
    for (var page :
        new String[] {
          "src/features/analytics/interval-charts.tsx",
          "src/features/webhooks/webhooks-page.tsx",
          "src/features/settings/settings-layout.tsx",
          "src/lib/supabase-session.ts"
        }) {
      assertThat(manifest.path(page).path("isDynamicEntry").asBoolean()).as(page).isTrue();
      assertThat(first).doesNotContain(manifest.path(page).path("file").asText());
    }
  }

  private void gather(String name, Set<String> files) {
    var chunk = manifest.path(name);
    if (files.add(chunk.path("file").asText())) {
      chunk.path("css").forEach(style -> files.add(style.asText()));
      chunk.path("imports").forEach(other -> gather(other.asText(), files));
    }
  }

  private static long packed(String file) {
    try {
      return Files.size(BUILT.resolve(file + ".gz"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode manifest() {
    try {
      return new ObjectMapper().readTree(BUILT.resolve(".vite/manifest.json").toFile());
    } catch (IOException e) {
      throw new AssertionError("The dashboard is not built: ./mvnw process-resources", e);
    }
  }
}
