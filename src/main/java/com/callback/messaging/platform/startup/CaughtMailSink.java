package com.callback.messaging.platform.startup;

import java.util.List;

/** Takes each mail that the embedded mail catcher received. */
@FunctionalInterface
public interface CaughtMailSink {

  /**
   * Keeps one mail. The sender is told that it was accepted only after this returned; when it
   * throws, the sender is asked to try again.
   *
   * @param from the envelope's sender, empty for a bounce
   * @param recipients the envelope's recipients, at least one
   * @param raw the mail as it came over the wire, headers and body
   */
  void keep(String from, List<String> recipients, byte[] raw) throws Exception;
}
