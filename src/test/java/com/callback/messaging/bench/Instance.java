package com.callback.messaging.bench;

import com.callback.messaging.process.ServiceProcess;
import com.callback.messaging.support.SmsWithoutLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The packaged service, in a process of its own. */
record Instance(ServiceProcess process, int port) implements Running {

  /** So many requests to one host may be in progress: all receivers of a run are one host. */
  static final int PER_HOST = 256;

  static final String TITLE = "Callback Messaging";

  /**
   * Starts one with its default settings, but for the limit of a host.
   *
   * @param folder where its data folder is made
   */
  static Instance launch(
      Path folder, Database database, ReceiverProcess receiver, Map<String, String> wished) {
    var port = ServiceProcess.freePort();
    var settings = new HashMap<>(database.settings());
    settings.putAll(SmsWithoutLimits.SETTINGS);
    settings.put("SERVER_PORT", Integer.toString(port));
    settings.put("CHANNELS_SMS_URL", receiver.sms());
    settings.put("CHANNELS_SMS_USERNAME", "token");
    settings.put("CHANNELS_SMS_PASSWORD", "secret");
    settings.put("DELIVERY_PER_HOST", Integer.toString(PER_HOST));
    settings.putAll(wished);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Instance(ServiceProcess.launchAtFullSpeed(folder, settings), port);
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.close();
  }
}
