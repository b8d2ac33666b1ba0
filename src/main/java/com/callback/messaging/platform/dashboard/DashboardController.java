package com.callback.messaging.platform.dashboard;

import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.RequestRefusedException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers every address of the dashboard with its one page, which finds out by itself what to show.
 * Not routes, since nothing is done.
 */
@RestController
class DashboardController {

  private static final Problem LEFT_OUT =
      Problem.of(
          404,
          "no-dashboard",
          "There is no dashboard here",
          "It was left out of this build: build without -Dweb.skip.");

  private final DashboardPage page;

  DashboardController(DashboardPage page) {
    this.page = page;
  }

  @GetMapping({
    "/",
    "/sign-in",
    "/inbox",
    "/inbox/{id}",
    "/analytics",
    "/settings",
    "/settings/{section}",
    "/settings/{section}/{id}"
  })
  ResponseEntity<String> show() {
    var sent = page.send().orElseThrow(() -> new RequestRefusedException(LEFT_OUT));
    return ResponseEntity.ok()
        .contentType(MediaType.valueOf("text/html;charset=UTF-8"))
        // The nonce is good for one answer.
        .cacheControl(CacheControl.noStore())
        .header("Content-Security-Policy", sent.policy())
        .body(sent.html());
  }

  /**
   * The service worker stands at the root, because it serves the pages below its address only. A
   * browser asks for it anew, so that no old one stays.
   */
  @GetMapping("/sw.js")
  ResponseEntity<Resource> worker() {
    var file = new ClassPathResource("static/app/sw.js");
    if (!file.exists()) {
      throw new RequestRefusedException(LEFT_OUT);
    }
    return ResponseEntity.ok()
        .contentType(MediaType.valueOf("text/javascript;charset=UTF-8"))
        .cacheControl(CacheControl.noCache())
        .body(file);
  }
}
