package com.callback.messaging.intake.widget;

import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.RequestRefusedException;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Gives the script to any page. Not a route, since nothing is done. */
@RestController
class WidgetController {

  /** Its address never changes, so a new one is looked for soon, and while the old one is used. */
  private static final CacheControl SOON =
      CacheControl.maxAge(Duration.ofMinutes(5))
          .cachePublic()
          .staleWhileRevalidate(Duration.ofHours(1));

  private static final MediaType SCRIPT = MediaType.valueOf("text/javascript;charset=UTF-8");

  private static final Problem LEFT_OUT =
      Problem.of(
          404,
          "no-widget",
          "There is no form widget here",
          "It was left out of this build: build without -Dweb.skip.");

  private final WidgetScript script;

  WidgetController(WidgetScript script) {
    this.script = script;
  }

  @GetMapping("/widget.js")
  ResponseEntity<byte[]> show(
      @RequestHeader(name = HttpHeaders.ACCEPT_ENCODING, defaultValue = "") String encodings) {
    var content = script.content().orElseThrow(() -> new RequestRefusedException(LEFT_OUT));
    var isPacked = encodings.contains("gzip");
    var answer =
        ResponseEntity.ok()
            .contentType(SCRIPT)
            .cacheControl(SOON)
            .eTag(content.tag())
            .varyBy(HttpHeaders.ACCEPT_ENCODING)
            // It holds nothing of anybody's: pages that let in only what says so may load it, and
            // it asks itself whether the service is there.
            .header("Cross-Origin-Resource-Policy", "cross-origin")
            .header(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    return isPacked
        ? answer.header(HttpHeaders.CONTENT_ENCODING, "gzip").body(content.packed())
        : answer.body(content.plain());
  }
}
