package com.callback.messaging.people.signin;

import com.callback.messaging.platform.http.Page;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.template.Templates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * The pages behind links in mails. They only ask: scanners of mails follow every link, and a look
 * must not use it up.
 */
@Component
public class SignInPages {

  private final Templates templates;
  private final SignIn signIn;

  SignInPages(Templates templates, SignIn signIn) {
    this.templates = templates;
    this.signIn = signIn;
  }

  /** The page with the button that signs in. */
  public Page signIn() {
    return new Page(200, templates.fill("pages/sign-in", Map.of("lang", "en")));
  }

  /**
   * The page with the button that accepts an invitation.
   *
   * @param found the rows of {@code load-invitation.sql}
   */
  public Page invitation(List<Map<String, Object>> found) {
    signIn.used(found.isEmpty() ? null : found);
    var model = new LinkedHashMap<String, Object>(found.get(0));
    model.put("lang", "en");
    model.put("here", signIn.isHere());
    model.put("article", "viewer".equals(model.get("role")) ? "a" : "an");
    model.values().removeIf(value -> value == null);
    return new Page(200, templates.fill("pages/invitation", model));
  }

  /**
   * The page that says where the link is with which a person who is known already accepts.
   *
   * @param email where it went; null when the invitation is over
   */
  public Page mailed(String email) {
    signIn.used(email);
    return new Page(200, templates.fill("pages/mailed", Map.of("lang", "en", "email", email)));
  }

  /** The page that says why a link does nothing. */
  public Page problem(Problem problem) {
    return new Page(
        problem.status(),
        templates.fill(
            "pages/link-problem",
            Map.of("lang", "en", "title", problem.title(), "detail", problem.detail())));
  }
}
