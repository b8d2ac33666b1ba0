package com.callback.messaging.inbox.export;

import java.io.IOException;
import java.io.Writer;

/** A lead on each line. */
final class JsonLines implements LeadFile {

  private final Writer out;

  JsonLines(Writer out) {
    this.out = out;
  }

  @Override
  public void add(String lead) throws IOException {
    // The database writes JSON without line breaks between its parts; those within texts are
    // escaped.
    out.write(lead);
    out.write('\n');
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
