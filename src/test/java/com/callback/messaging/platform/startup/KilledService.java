package com.callback.messaging.platform.startup;

import java.nio.file.Path;

/** A process that starts the embedded database, says where it is, and waits to be killed. */
final class KilledService {
  private KilledService() {}

  public static void main(String[] arguments) throws Exception {
    EmbeddedDatabase database = EmbeddedDatabase.start(Path.of(arguments[0]));
    System.out.println("ready " + database.url());
    System.in.read();
  }
}
