package com.callback.messaging.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/**
 * The packaged jar, unpacked, with an archive of the classes that a start loads: a start takes half
 * of what it takes from the jar. The first test of a build that starts a service makes both.
 */
final class UnpackedJar {

  private static final Path FOLDER = Path.of("target", "unpacked").toAbsolutePath();
  private static final Path LOCK = Path.of("target", "unpacked.lock");

  private final Path jar;
  private final Path archive;

  private UnpackedJar(Path folder) {
    this.jar = folder.resolve("service.jar");
    this.archive = folder.resolve("service.jsa");
  }

  /** The unpacked form of {@link ServiceProcess#jar()}; the first test makes it. */
  static synchronized UnpackedJar current() {
    // Test classes may run at the same time.
    try (var file = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var turn = file.lock()) {
      var unpacked = new UnpackedJar(FOLDER);
      var made = FOLDER.resolve("made-of");
      var of = madeOf();
      if (!Files.exists(made) || !Files.readString(made).equals(of)) {
        FileSystemUtils.deleteRecursively(FOLDER);
        unpacked.unpack();
        unpacked.train();
        Files.writeString(made, of);
      }
      return unpacked;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a JVM is told to start the service. One that writes no archives starts without. */
  List<String> arguments() {
    return Files.exists(archive)
        ? List.of("-XX:SharedArchiveFile=" + archive, "-jar", jar.toString())
        : List.of("-jar", jar.toString());
  }

  /** A JVM takes an archive only of its own build and of the very jars that it was made of. */
  private static String madeOf() throws IOException {
    return Files.getLastModifiedTime(Path.of(ServiceProcess.jar())) + " " + Runtime.version();
  }

  private void unpack() throws IOException {
    var command =
        ServiceProcess.java(
            "-Djarmode=tools",
            "-jar",
            ServiceProcess.jar(),
            "extract",
            "--application-filename",
            jar.getFileName().toString(),
            "--destination",
            jar.getParent().toString());
    var process = new ProcessBuilder(command).redirectOutput(Redirect.DISCARD).start();
    assertThat(process.onExit().join().exitValue()).as("%s", command).isZero();
  }

  /** Starts the service, sends a lead through it and stops it: as it ends, the JVM writes. */
  private void train() throws IOException {
    var folder = Files.createDirectory(jar.resolveSibling("training"));
    try (var service =
        ServiceProcess.start(
            folder,
            Map.of(),
            List.of("-XX:ArchiveClassesAtExit=" + archive, "-jar", jar.toString()))) {
      service.caller().lead("Ada Trainer");
    }
    FileSystemUtils.deleteRecursively(folder);
  }
}
