package com.callback.messaging.people.signin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A person recognizes a session by the browser and the system that it began in. */
class DeviceTest {

  @ParameterizedTest
  @CsvSource({
    "Chrome on Android,'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36'",
    "Safari on iPhone,'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1'",
    "Chrome on iPhone,'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0.0.0 Mobile/15E148 Safari/604.1'",
    "Edge on Windows,'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0'",
    "Firefox on Linux,'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0'",
    "Safari on Mac,'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15'",
    "Samsung Internet on Android,'Mozilla/5.0 (Linux; Android 15; SM-S931B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36'",
    "Browser on Windows,Something (Windows)",
    "Firefox,Firefox/143.0",
    "Unknown device,curl/8.5.0",
    "Unknown device,<script>alert(1)</script>"
  })
  void it_is_named_by_browser_and_system(String name, String userAgent) {
    assertThat(Device.of(userAgent)).isEqualTo(name);
  }

  @Test
  void it_is_unknown_where_the_browser_says_nothing() {
    assertThat(Device.of(null)).isEqualTo("Unknown device");
  }
}
