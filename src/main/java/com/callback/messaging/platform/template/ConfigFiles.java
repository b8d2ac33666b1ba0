package com.callback.messaging.platform.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.stereotype.Component;

/**
 * Reads files of the configuration folder; those that it does not hold from their packaged copies,
 * so that whoever changes one text needs to keep only that one.
 */
@Component
public class ConfigFiles {

  private final String folder;

  ConfigFiles(@Value("${messaging.config}") String folder) {
    this.folder = folder;
  }

  /** The file's text; fails with the file's name when there is none. */
  public String text(String path) {
    var loader = new DefaultResourceLoader();
    var own = loader.getResource(folder + "/" + path);
    var resource = own.exists() ? own : loader.getResource("classpath:config/" + path);
    try {
      return resource.getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("There is no readable file " + folder + "/" + path, e);
    }
  }
}
