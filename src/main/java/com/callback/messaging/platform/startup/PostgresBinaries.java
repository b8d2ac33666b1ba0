package com.callback.messaging.platform.startup;

import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Finds the PostgreSQL that was packed with the service, and where it may be unpacked. */
final class PostgresBinaries implements PgBinaryResolver {
  /** The version that the build packs; its data folders fit no other. */
  static final int MAJOR_VERSION = 17;

  private final ClassLoader packed;

  PostgresBinaries(ClassLoader packed) {
    this.packed = packed;
  }

  @Override
  public InputStream getPgBinary(String system, String machine) {
    String processor = machine.matches("aarch64|arm64") ? "arm_64" : machine;
    String name = "postgres-%s-%s.txz".formatted(system.toLowerCase(Locale.ROOT), processor);
    InputStream found = packed.getResourceAsStream(name);
    if (found == null) {
      throw new StartFailure(
          "This build contains no PostgreSQL for %s on %s: set SPRING_DATASOURCE_URL."
              .formatted(system, machine));
    }
    return found;
  }

  /**
   * A folder of this user's own: one that all users of the machine share would let any of them
   * choose what we run, and is emptied at each boot.
   */
  static Path unpackFolder() {
    Path own =
        Path.of(System.getProperty("user.home"), ".cache", "callback-messaging", "postgresql");
    try {
      Files.createDirectories(own);
      if (Files.isWritable(own)) {
        return own;
      }
    } catch (IOException e) {
      // Service accounts often have no home.
    }
    String user = System.getProperty("user.name");
    return OwnFolder.create(
        Path.of(System.getProperty("java.io.tmpdir"), "callback-messaging-" + user));
  }
}
