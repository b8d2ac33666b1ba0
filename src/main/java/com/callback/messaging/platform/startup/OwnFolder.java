package com.callback.messaging.platform.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** Folders that other users of the machine have no business in. */
final class OwnFolder {

  private OwnFolder() {}

  /** Lets nobody else in, where the file system knows others at all. */
  static void close(Path folder) throws IOException {
    if (Files.getFileAttributeView(folder, PosixFileAttributeView.class) != null) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** Creates it, for this user only; one that somebody else made is refused. */
  static Path create(Path folder) {
    try {
      Files.createDirectories(folder);
      // Only its owner may change who gets in.
      close(folder);
      return folder;
    } catch (IOException e) {
      throw new StartFailure(
          "The folder %s belongs to somebody else: set HOME to a folder of this user, or SPRING_DATASOURCE_URL."
              .formatted(folder),
          e);
    }
  }
}
