package com.callback.messaging.chaos;

import com.callback.messaging.process.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** One of the instances, always at the same address, however often it is killed. */
final class Instance implements AutoCloseable {

  private final Path folder;
  private final int port = ServiceProcess.freePort();
  private final Map<String, String> settings;
  private final Pulse accepts = new Pulse();
  private volatile ServiceProcess process;

  Instance(Path folder, Map<String, String> settings) {
    this.folder = folder;
    this.settings = new HashMap<>(settings);
    this.settings.put("SERVER_PORT", Integer.toString(port));
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String address() {
    return "http://127.0.0.1:" + port;
  }

  /** Its 202s. */
  Pulse accepts() {
    return accepts;
  }

  void start() {
    process = ServiceProcess.start(folder, settings);
  }

  /** Starts it and does not wait for it. */
  void launch() {
    process = ServiceProcess.launch(folder, settings);
  }

  boolean isReady() {
    return process.isReady();
  }

  void kill() {
    process.kill();
  }

  void pause() {
    process.pause();
  }

  void resume() {
    process.resume();
  }

  /** What it has said, for whoever wants to know why a run failed. */
  String said() {
    return process.output() + process.errors();
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
