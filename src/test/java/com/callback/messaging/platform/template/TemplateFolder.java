package com.callback.messaging.platform.template;

import java.nio.file.Path;

/** The templates of a folder, for tests without the service. */
public final class TemplateFolder {

  private TemplateFolder() {}

  /**
   * The templates of a configuration.
   *
   * @param folder the one that holds {@code templates}
   */
  public static Templates of(Path folder) {
    return new Templates(new ConfigFiles("file:" + folder.toAbsolutePath()));
  }
}
