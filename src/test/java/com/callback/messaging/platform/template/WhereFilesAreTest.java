package com.callback.messaging.platform.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.platform.startup.StartFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.mock.env.MockEnvironment;

class WhereFilesAreTest {

  @TempDir Path folder;

  @Test
  void folders_that_are_there_are_used() {
    var settings = look("file:routes", "file:config");
    assertThat(settings.getProperty("messaging.routes")).isEqualTo("file:routes");
    assertThat(settings.getProperty("messaging.config")).isEqualTo("file:config");
  }

  @Test
  void packaged_copies_can_be_asked_for() {
    assertThat(look("classpath:routes", "classpath:config").getProperty("messaging.routes"))
        .isEqualTo("classpath:routes");
  }

  @Test
  void a_named_place_that_is_not_there_is_refused() {
    assertThatThrownBy(() -> look("file:nowhere", "file:config"))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("correct MESSAGING_ROUTES, or leave it out");
    assertThatThrownBy(() -> look("file:routes", "file:nowhere"))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("correct MESSAGING_CONFIG, or leave it out");
  }

  @Test
  void a_place_without_route_files_is_refused() {
    assertThatThrownBy(() -> look("file:" + folder, "file:config"))
        .hasMessageContaining("holds no route files");
    assertThatThrownBy(() -> look("classpath:rutes", "file:config"))
        .hasMessageContaining("holds no route files");
  }

  @Test
  void a_file_that_the_folder_does_not_hold_is_read_from_its_packaged_copy() throws Exception {
    Files.writeString(folder.resolve("openapi.yaml"), "mine");
    var files = new ConfigFiles("file:" + folder);
    assertThat(files.text("openapi.yaml")).isEqualTo("mine");
    assertThat(files.text("templates/sms/lead.mustache")).isNotBlank();
    assertThatThrownBy(() -> files.text("templates/nothing"))
        .hasMessageContaining("There is no readable file")
        .hasMessageContaining("templates/nothing");
  }

  @Test
  void a_link_to_a_folder_of_routes_is_followed_because_camel_does_not() throws Exception {
    var real = Files.createDirectory(folder.resolve("real"));
    Files.writeString(real.resolve("mine.yaml"), "[]");
    var link = Files.createSymbolicLink(folder.resolve("link"), real);

    var files = look("file:" + link, "file:config").getProperty("messaging.route-files");

    assertThat(files).isEqualTo("file:" + real.toRealPath() + "/*.yaml");
    try (var camel = new DefaultCamelContext()) {
      assertThat(PluginHelper.getPackageScanResourceResolver(camel).findResources(files))
          .hasSize(1);
    }
  }

  @Test
  void route_files_are_looked_for_in_each_folder_but_not_in_hidden_ones() throws Exception {
    Files.createDirectories(folder.resolve("..data/intake"));
    Files.writeString(folder.resolve("..data/intake/mine.yaml"), "[]");
    Files.createSymbolicLink(folder.resolve("intake"), folder.resolve("..data/intake"));

    assertThat(look("file:" + folder, "file:config").getProperty("messaging.route-files"))
        .isEqualTo("file:%1$s/*.yaml,file:%1$s/..data/intake/*.yaml".formatted(folder));
  }

  private static MockEnvironment look(String routes, String config) {
    var settings =
        new MockEnvironment()
            .withProperty("messaging.routes", routes)
            .withProperty("messaging.config", config);
    var context = new GenericApplicationContext();
    context.setEnvironment(settings);
    new WhereFilesAre().initialize(context);
    return settings;
  }
}
