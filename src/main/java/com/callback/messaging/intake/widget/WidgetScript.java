package com.callback.messaging.intake.widget;

import com.callback.messaging.platform.secrets.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** The script as it was built, read once and packed once. */
@Component
class WidgetScript {

  private static final String BUILT = "static/widget.js";

  private final Content content;

  WidgetScript() throws IOException {
    var built = new ClassPathResource(BUILT);
    content = built.exists() ? Content.of(built.getContentAsByteArray()) : null;
  }

  /** What is sent; empty where it was left out of the build. */
  Optional<Content> content() {
    return Optional.ofNullable(content);
  }

  /**
   * The script.
   *
   * @param packed the same by gzip
   * @param tag names this version of it, packed or not
   */
  record Content(byte[] plain, byte[] packed, String tag) {

    static Content of(byte[] script) throws IOException {
      var packed = new ByteArrayOutputStream();
      try (var gzip = new GZIPOutputStream(packed)) {
        gzip.write(script);
      }
      var hash = Sha256.hex(new String(script, StandardCharsets.UTF_8));
      return new Content(script, packed.toByteArray(), "W/\"" + hash.substring(0, 16) + "\"");
    }
  }
}
