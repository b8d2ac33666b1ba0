package com.callback.messaging.platform.startup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder where the embedded database keeps its data, claimed for one process at a time. */
final class DataFolder implements AutoCloseable {
  private static final String ELSEWHERE = "set MESSAGING_DATA_DIR to another folder.";

  private final Path path;
  private final FileChannel lock;

  private DataFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Creates the folder if need be and claims it until {@link #close()} or the end of the process.
   *
   * @throws StartFailure when it cannot be used or another process has it
   */
  static DataFolder claim(Path wanted) {
    Path path = wanted.toAbsolutePath().normalize();
    create(path);
    try {
      FileChannel channel =
          FileChannel.open(
              path.resolve("lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      return lock(path, channel);
    } catch (IOException e) {
      throw new StartFailure(
          "The data folder %s cannot be written: give this user the right to, or %s"
              .formatted(path, ELSEWHERE),
          e);
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      // The process ends the claim with itself in any case.
    }
  }

  private static void create(Path path) {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new StartFailure(
          "The data folder %s is a file: move it away, or %s".formatted(path, ELSEWHERE));
    }
    try {
      var isNew = Files.notExists(path);
      Files.createDirectories(path);
      if (isNew) {
        OwnFolder.close(path);
      }
    } catch (IOException e) {
      throw new StartFailure(
          "The data folder %s cannot be created: create it for this user, or %s"
              .formatted(path, ELSEWHERE),
          e);
    }
  }

  private static DataFolder lock(Path path, FileChannel channel) throws IOException {
    if (!locked(channel)) {
      String holder = holder(channel);
      channel.close();
      throw new StartFailure(
          "The data folder %s is in use by another instance%s: stop that one, or %s"
              .formatted(path, holder, ELSEWHERE));
    }
    channel.truncate(0);
    String pid = Long.toString(ProcessHandle.current().pid());
    channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
    return new DataFolder(path, channel);
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      // Far behind the content: some systems let nobody read a locked region.
      FileLock lock = channel.tryLock(Long.MAX_VALUE - 1, 1, false);
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(20);
    channel.read(content, 0);
    String pid = StandardCharsets.US_ASCII.decode(content.flip()).toString();
    return pid.matches("\\d+") ? " (process " + pid + ")" : "";
  }
}
