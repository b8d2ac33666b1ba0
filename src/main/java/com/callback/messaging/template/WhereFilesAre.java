package com.callback.messaging.template;

import com.callback.messaging.embedded.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertyResolver;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Reads routes and configuration from their packaged copies where the usual folders beside the
 * service are absent. A place that was named and holds nothing is refused: the service would start
 * and answer 404.
 */
public class WhereFilesAre
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  private static final String ROUTES = "messaging.routes";
  private static final String CONFIG = "messaging.config";
  private static final Map<String, String> USUAL = Map.of(ROUTES, "routes", CONFIG, "config");

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    var settings = context.getEnvironment();
    var packaged = new HashMap<String, Object>();
    USUAL.forEach(
        (setting, folder) -> {
          if (isUsualAndAbsent(settings.getProperty(setting), folder)) {
            packaged.put(setting, "classpath:" + folder);
          }
        });
    settings.getPropertySources().addFirst(new MapPropertySource("packaged", packaged));
    requireFolder(settings, CONFIG);
    requireRoutes(settings);
    behindLink(settings.getProperty(ROUTES, ""))
        .ifPresent(folder -> packaged.put(ROUTES, "file:" + folder));
  }

  /** What a link leads to: Camel looks into a folder, and not behind a link to one. */
  private static Optional<Path> behindLink(String place) {
    if (!place.startsWith("file:")) {
      return Optional.empty();
    }
    var folder = Path.of(place.substring("file:".length()));
    try {
      return Files.isSymbolicLink(folder) ? Optional.of(folder.toRealPath()) : Optional.empty();
    } catch (IOException e) {
      throw refusal(ROUTES, place, "is no folder that this user can read");
    }
  }

  private static boolean isUsualAndAbsent(String place, String folder) {
    return ("file:" + folder).equals(place) && !Files.isDirectory(Path.of(folder));
  }

  private static void requireFolder(PropertyResolver settings, String setting) {
    var place = settings.getProperty(setting, "");
    if (place.startsWith("file:")
        && !Files.isReadable(Path.of(place.substring("file:".length())))) {
      throw refusal(setting, place, "is no folder that this user can read");
    }
  }

  private static void requireRoutes(PropertyResolver settings) {
    requireFolder(settings, ROUTES);
    var place = settings.getProperty(ROUTES, "");
    try {
      if (new PathMatchingResourcePatternResolver().getResources(place + "/*.yaml").length > 0) {
        return;
      }
    } catch (IOException e) {
      // The sentence is the same.
    }
    throw refusal(ROUTES, place, "holds no route files");
  }

  private static StartFailure refusal(String setting, String place, String what) {
    return new StartFailure(
        "The setting %s is '%s', which %s: correct %s, or leave it out to use the packaged files."
            .formatted(setting, place, what, setting.replace('.', '_').toUpperCase(Locale.ROOT)));
  }
}
