package com.callback.messaging.operation.caller;

import com.callback.messaging.platform.secrets.Sha256;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.springframework.stereotype.Component;

/**
 * API keys of businesses: {@code cbk_} and 64 hexadecimal digits, of which the first eight are kept
 * to tell keys apart and the whole is kept as its SHA-256 only. The key is random through and
 * through, so a plain hash cannot be guessed back.
 */
@Component
public class ApiKeys {

  private static final String MARK = "cbk_";
  private static final int BYTES = 32;
  private static final int PREFIX = MARK.length() + 8;

  private final SecureRandom random = new SecureRandom();

  ApiKeys() {}

  /** A new key; it is shown once and kept by its owner only. */
  public String generate() {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return MARK + HexFormat.of().formatHex(bytes);
  }

  /** What tells a key apart from others without giving it away. */
  public String prefix(String key) {
    return key.substring(0, PREFIX);
  }

  /** What is kept of a key. */
  public byte[] hash(String key) {
    return Sha256.of(key);
  }
}
