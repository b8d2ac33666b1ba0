package com.callback.messaging.platform.dashboard;

import com.callback.messaging.platform.http.PagePolicy;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/** The page as it is sent: built once by Vite, with the settings of the service in it. */
@Component
class DashboardPage {

  private static final String BUILT = "static/app/index.html";
  private static final String SETTINGS = "<meta name=\"callback-messaging\" content=\"{}\"";

  /**
   * Asked for beside the scripts, which would ask only once they run; a Supabase token is theirs.
   */
  private static final String SESSION_SOON =
      "<link rel=\"preload\" href=\"/api/session\" as=\"fetch\" crossorigin />";

  private static final int NONCE_BYTES = 18;

  private final SecureRandom random = new SecureRandom();
  private final List<String> services;
  private final String html;

  DashboardPage(
      ObjectMapper json,
      @Value("${messaging.identity.supabase.url}") String supabaseUrl,
      @Value("${messaging.identity.supabase.publishable-key}") String supabaseKey,
      @Value("${messaging.sandbox.present}") boolean sandbox)
      throws IOException {
    var url = supabaseUrl.strip().replaceAll("/+$", "");
    var settings = new HashMap<String, Object>();
    settings.put("signIn", url.isEmpty() ? "link" : "supabase");
    settings.put("supabaseUrl", url.isEmpty() ? null : url);
    settings.put("supabaseKey", supabaseKey.isBlank() ? null : supabaseKey.strip());
    settings.put("sandbox", sandbox);
    this.services = url.isEmpty() ? List.of() : List.of(url);
    var soon = url.isEmpty() ? SESSION_SOON : "";
    this.html = built().map(page -> withSettings(page, json, settings, soon)).orElse(null);
  }

  /**
   * The page with the policy that lets in the styles which it names; empty where it was left out of
   * the build.
   */
  Optional<Sent> send() {
    if (html == null) {
      return Optional.empty();
    }
    var bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    var nonce = Base64.getUrlEncoder().encodeToString(bytes);
    return Optional.of(new Sent(html.formatted(nonce), PagePolicy.withStyles(nonce, services)));
  }

  /**
   * What goes out.
   *
   * @param policy its Content-Security-Policy
   */
  record Sent(String html, String policy) {}

  private static Optional<String> built() throws IOException {
    var page = new ClassPathResource(BUILT);
    return page.exists()
        ? Optional.of(page.getContentAsString(StandardCharsets.UTF_8))
        : Optional.empty();
  }

  private static String withSettings(
      String page, ObjectMapper json, Map<String, Object> settings, String soon) {
    try {
      var content = HtmlUtils.htmlEscape(json.writeValueAsString(settings));
      return page.replace("%", "%%")
          .replace(
              SETTINGS,
              soon
                  + "<meta name=\"csp-nonce\" content=\"%s\" /><meta name=\"callback-messaging\" content=\""
                  + content.replace("%", "%%")
                  + "\"");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
