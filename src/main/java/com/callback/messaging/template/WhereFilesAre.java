package com.callback.messaging.template;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Reads routes and configuration from their packaged copies where the folders beside the service
 * are absent.
 */
public class WhereFilesAre
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    var packaged = new HashMap<String, Object>();
    for (var folder : new String[] {"routes", "config"}) {
      var property = "messaging." + folder;
      var place = context.getEnvironment().getProperty(property, "");
      if (place.startsWith("file:")
          && !Files.isDirectory(Path.of(place.substring("file:".length())))) {
        packaged.put(property, "classpath:" + folder);
      }
    }
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("packaged", packaged));
  }
}
