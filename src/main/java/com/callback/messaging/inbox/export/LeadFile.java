package com.callback.messaging.inbox.export;

import java.io.IOException;

/** A file that leads are written to, one by one. */
interface LeadFile {

  /**
   * Writes one.
   *
   * @param lead JSON, as the list shows it
   */
  void add(String lead) throws IOException;

  /** Hands over all that was written so far. */
  void flush() throws IOException;
}
