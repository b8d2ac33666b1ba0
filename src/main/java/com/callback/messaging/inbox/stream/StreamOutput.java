package com.callback.messaging.inbox.stream;

import java.io.IOException;

/** The connection to one who watches. It takes what fits into it, and makes no thread wait. */
interface StreamOutput {

  /** Whether it takes more; if not, it says so to its subscriber when it does. */
  boolean isReady();

  /** Takes bytes. Only while it is ready. */
  void write(byte[] bytes) throws IOException;

  /** Sends what it has taken. Only while it is ready. */
  void flush() throws IOException;

  /** Ends the stream. Only while it is ready. */
  void end();
}
