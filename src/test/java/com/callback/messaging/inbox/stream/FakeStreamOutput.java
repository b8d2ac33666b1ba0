package com.callback.messaging.inbox.stream;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A connection that takes as many frames as a test lets it take. */
final class FakeStreamOutput implements StreamOutput {

  private final List<String> written = new ArrayList<>();
  private int room;
  private int flushes;
  private boolean isEnded;
  private boolean isCut;

  /** One that takes everything. */
  static FakeStreamOutput open() {
    var output = new FakeStreamOutput();
    output.room = Integer.MAX_VALUE;
    return output;
  }

  /** It takes so many more frames than it has. */
  void takes(int frames) {
    room = frames;
  }

  /** Whatever is written from now on fails. */
  void cut() {
    isCut = true;
  }

  List<String> written() {
    return written;
  }

  int flushes() {
    return flushes;
  }

  boolean isEnded() {
    return isEnded;
  }

  @Override
  public boolean isReady() {
    return room > 0;
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    if (isCut) {
      throw new IOException("cut off");
    }
    room--;
    written.add(new String(bytes, StandardCharsets.UTF_8));
  }

  @Override
  public void flush() {
    flushes++;
  }

  @Override
  public void end() {
    isEnded = true;
  }
}
