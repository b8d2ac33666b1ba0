package com.callback.messaging.platform.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The dashboard's one page, and what it loads. */
@ServiceTest
class DashboardControllerTest {

  private static final Pattern NONCE = Pattern.compile("name=\"csp-nonce\" content=\"([^\"]+)\"");
  private static final Pattern SCRIPT = Pattern.compile("src=\"(/app/assets/[^\"]+\\.js)\"");

  @Autowired Service service;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/sign-in",
        "/inbox?view=unread",
        "/inbox/0199b2c4-6f3a-7c31-8f52-3d7a9be01c55",
        "/analytics",
        "/settings",
        "/settings/webhooks/0199b2c4-6f3a-7c31-8f52-3d7a9be01c55"
      })
  void every_address_of_the_dashboard_is_its_one_page(String address) {
    var page = service.get(address);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
    assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(page.body())
        .contains("<div id=\"root\"></div>", "&quot;signIn&quot;:&quot;link&quot;");
  }

  @Test
  void its_policy_names_the_styles_of_this_answer_only() {
    var first = service.get("/inbox");
    var second = service.get("/inbox");
    var nonce = nonce(first.body());
    assertThat(first.headers().allValues("Content-Security-Policy"))
        .singleElement()
        .asString()
        .contains(
            "style-src 'self' 'nonce-" + nonce + "'", "script-src 'self';", "default-src 'none'");
    assertThat(nonce(second.body())).isNotEqualTo(nonce);
  }

  @Test
  void what_it_loads_is_packed_and_kept_for_good() {
    var script = SCRIPT.matcher(service.get("/inbox").body());
    assertThat(script.find()).isTrue();
    var request =
        service.request(script.group(1), "text/plain").header("Accept-Encoding", "br").GET();
    var answer = service.send(request);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("br");
    assertThat(answer.headers().firstValue("Cache-Control").orElseThrow())
        .contains("max-age=31536000", "immutable");
    assertThat(answer.headers().allValues("Vary")).contains("Accept-Encoding");
  }

  @Test
  void what_is_nothing_of_it_stays_not_found() {
    assertThat(service.get("/inbox/1/2").statusCode()).isEqualTo(404);
    assertThat(service.get("/app/assets/gone.js").statusCode()).isEqualTo(404);
    assertThat(service.get("/api/nothing").headers().firstValue("Content-Type"))
        .hasValue("application/problem+json");
  }

  private static String nonce(String page) {
    var found = NONCE.matcher(page);
    assertThat(found.find()).isTrue();
    return found.group(1);
  }
}
