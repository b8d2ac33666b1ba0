package com.callback.messaging.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.stereotype.Component;

/**
 * Reads files of the configuration folder, or their packaged copies where that folder is absent.
 */
@Component
public class ConfigFiles {

  private final String folder;

  ConfigFiles(@Value("${messaging.config}") String folder) {
    this.folder = folder;
  }

  /** The file's text; fails with the file's name when there is none. */
  public String text(String path) {
    var resource = new DefaultResourceLoader().getResource(folder + "/" + path);
    try {
      return resource.getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("There is no readable file " + folder + "/" + path, e);
    }
  }
}
