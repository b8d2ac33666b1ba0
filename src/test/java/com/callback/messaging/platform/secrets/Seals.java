package com.callback.messaging.platform.secrets;

import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** Signatures for tests that start nothing. */
public final class Seals {

  private Seals() {}

  /** Signs with the key that is made of the first word, and knows those of the others. */
  public static Seal of(String... words) {
    var keys =
        new MasterKeys(
            Stream.of(words)
                .map(word -> MasterKey.of(Base64.getEncoder().encodeToString(Sha256.of(word))))
                .toList());
    var sealing = new SealingKey(keys);
    sealing.othersOpen(List.of());
    return new Seal(keys, sealing);
  }
}
