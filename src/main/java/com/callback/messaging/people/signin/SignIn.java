package com.callback.messaging.people.signin;

import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Signing in with links that this service mails; only where people do not sign in elsewhere. */
@Component
public class SignIn {

  private static final Problem ELSEWHERE =
      Problem.of(
          404,
          "signed-in-elsewhere",
          "Sign-in by link is not available",
          "People sign in at the configured Supabase project and send its access token.");
  private static final Problem OVER =
      Problem.of(
          404,
          "link-is-over",
          "This link is over",
          "It has expired, was already used, or was not copied completely. Request a new one.");
  private static final Problem FROM_ELSEWHERE =
      Problem.of(
          403,
          "from-another-site",
          "Not from another site",
          "Open the link itself and press the button there.");
  private static final Set<String> OWN_PAGES = Set.of("same-origin", "none");

  private final boolean isHere;
  private final OneTimeLinks links;
  private final ObjectMapper json;

  SignIn(SupabaseSettings project, OneTimeLinks links, ObjectMapper json) {
    this.isHere = !project.isConfigured();
    this.links = links;
    this.json = json;
  }

  /** Whether people sign in here. */
  public boolean isHere() {
    return isHere;
  }

  /**
   * Lets pass where people sign in here.
   *
   * @throws RequestRefusedException 404 where they do so elsewhere
   */
  public void requireHere() {
    if (!isHere) {
      throw new RequestRefusedException(ELSEWHERE);
    }
  }

  /** What whoever asks for a link is told: nobody learns whom the service knows. */
  public String answer() {
    return "{\"detail\":\"If the address has an account, a link was sent. It expires in 15 minutes.\"}";
  }

  /** The address in the body of a request for a link. */
  public String email(String body) throws JsonProcessingException {
    return json.readTree(body).path("email").asText().strip();
  }

  /** The link in the body of a request to accept an invitation: its last part, or the whole. */
  public UUID invitation(String body) throws JsonProcessingException {
    var token = json.readTree(body).path("token").asText();
    return id(OneTimeLinks.INVITATION, token.substring(token.lastIndexOf('/') + 1));
  }

  /**
   * The id in a link.
   *
   * @throws RequestRefusedException 404 when it was not made here, for this purpose
   */
  public UUID id(String purpose, String token) {
    return links.id(purpose, token).orElseThrow(() -> new RequestRefusedException(OVER));
  }

  /**
   * Lets pass what a page of our own sends: with a form on another site somebody could be signed in
   * as somebody else, and not notice.
   */
  public void requireOwnPage(HttpServletRequest request) {
    var site = request.getHeader("Sec-Fetch-Site");
    if (site == null ? namesAnotherHost(request) : !OWN_PAGES.contains(site)) {
      throw new RequestRefusedException(FROM_ELSEWHERE);
    }
  }

  /** Over plain HTTP browsers say nothing but the origin; a page that tells nobody says "null". */
  private static boolean namesAnotherHost(HttpServletRequest request) {
    var origin = request.getHeader("Origin");
    if (origin == null || origin.equals("null")) {
      return false;
    }
    try {
      return !request.getServerName().equalsIgnoreCase(new URI(origin).getHost());
    } catch (URISyntaxException e) {
      return true;
    }
  }

  /**
   * What a statement gave that uses a link.
   *
   * @throws RequestRefusedException 404 when it gave nothing: the link is over
   */
  public Object used(Object given) {
    if (given == null) {
      throw new RequestRefusedException(OVER);
    }
    return given;
  }
}
