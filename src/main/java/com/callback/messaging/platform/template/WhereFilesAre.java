package com.callback.messaging.platform.template;

import com.callback.messaging.platform.startup.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
  private static final String ROUTE_FILES = "messaging.route-files";
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
    requireFolder(settings, ROUTES);
    var routes = settings.getProperty(ROUTES, "");
    packaged.put(ROUTE_FILES, String.join(",", patterns(routes)));
    requireRoutes(routes, patterns(routes));
  }

  /**
   * Where Camel is to look for route files: in the folder and in each folder in it. Camel does not
   * follow a link to a folder, and Kubernetes mounts a ConfigMap as such links, to a hidden folder
   * with a date.
   */
  private static List<String> patterns(String place) {
    if (!place.startsWith("file:")) {
      return List.of(place + "/**/*.yaml");
    }
    var folder = Path.of(place.substring("file:".length()));
    try (var rooms = Files.list(folder)) {
      var patterns = new ArrayList<String>();
      patterns.add(pattern(folder));
      for (var room : rooms.sorted().toList()) {
        if (Files.isDirectory(room) && !room.getFileName().toString().startsWith(".")) {
          patterns.add(pattern(room));
        }
      }
      return patterns;
    } catch (IOException e) {
      throw refusal(ROUTES, place, "is no folder that this user can read");
    }
  }

  private static String pattern(Path folder) throws IOException {
    return "file:" + (Files.isSymbolicLink(folder) ? folder.toRealPath() : folder) + "/*.yaml";
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

  private static void requireRoutes(String place, List<String> patterns) {
    var files = new PathMatchingResourcePatternResolver();
    try {
      for (var pattern : patterns) {
        if (files.getResources(pattern).length > 0) {
          return;
        }
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
