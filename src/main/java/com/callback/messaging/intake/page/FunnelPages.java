package com.callback.messaging.intake.page;

import com.callback.messaging.intake.screening.Captcha;
import com.callback.messaging.intake.screening.FormTokens;
import com.callback.messaging.intake.submission.FormRefusedException;
import com.callback.messaging.platform.http.Page;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.ProblemWriter;
import com.callback.messaging.platform.template.Templates;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Fills the pages of a funnel. Each takes the rows of {@code load-funnel.sql}: one, or none for a
 * funnel that does not exist.
 */
@Component
public class FunnelPages {

  private static final Set<String> FIELDS =
      Set.of("contactName", "contactPhone", "contactEmail", "message", "preferredTime");
  private static final String ONCE_MORE =
      "Press the button once more to send it from here. For the owner of the previous page: ";
  private static final String REFERENCE = "[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}";

  private final Templates templates;
  private final FormTokens tokens;
  private final Captcha captcha;
  private final Campaign campaign;
  private final ProblemWriter problems;

  FunnelPages(
      Templates templates,
      FormTokens tokens,
      Captcha captcha,
      Campaign campaign,
      ProblemWriter problems) {
    this.campaign = campaign;
    this.problems = problems;
    this.templates = templates;
    this.tokens = tokens;
    this.captcha = captcha;
  }

  /** The funnel's id; null for a funnel that does not exist. */
  public String idOf(List<Map<String, Object>> funnels) {
    var funnel = HostedFunnel.of(funnels);
    return funnel == null ? null : funnel.id();
  }

  /** The empty form, which keeps what led to it: the parameters of its address. */
  public Page form(List<Map<String, Object>> funnels, HttpServletRequest request) {
    var funnel = HostedFunnel.of(funnels);
    if (!isOpen(funnel)) {
      return withoutForm(funnel);
    }
    var model = form(funnel, campaign.of(request));
    model.put("token", tokens.fresh(funnel.id()));
    return new Page(200, templates.fill("pages/form", model));
  }

  /**
   * The thanks, with the reference number if the address names one.
   *
   * @param files whether files came along, which were not kept; null for none
   */
  public Page thanks(List<Map<String, Object>> funnels, String reference, String files) {
    var funnel = HostedFunnel.of(funnels);
    if (!isOpen(funnel)) {
      return withoutForm(funnel);
    }
    var model = common(funnel);
    if (reference != null && reference.matches(REFERENCE)) {
      model.put("reference", reference);
    }
    model.put("files", files != null);
    return new Page(200, templates.fill("pages/thanks", model));
  }

  /** The form again, with what was typed in place and what is wrong beside it. */
  public Page refused(List<Map<String, Object>> funnels, FormRefusedException refused) {
    var problem = refused.problem();
    var funnel = HostedFunnel.of(funnels);
    if (!isOpen(funnel)) {
      return refused.funnelId().isEmpty() ? nameless(problem) : withoutForm(funnel);
    }
    var errors = new HashMap<String, String>();
    var others = new ArrayList<String>();
    for (var error : problem.errors()) {
      if (FIELDS.contains(error.field())) {
        errors.put(error.field(), error.detail());
      } else {
        others.add(error.field() + ": " + error.detail());
      }
    }
    if (problem.type().endsWith(":foreign-origin")) {
      // Whoever reads this fills in a form, and has no say in what a funnel lists.
      others = new ArrayList<>(List.of(ONCE_MORE + problem.detail()));
    } else if (problem.errors().isEmpty()) {
      others.add(problem.detail());
    }
    var model = form(funnel, refused.typed());
    model.put("token", tokens.again(funnel.id()));
    model.put("failed", true);
    model.put("errors", errors);
    model.put("otherErrors", others);
    return new Page(problem.status(), templates.fill("pages/form", model));
  }

  /** The page for a failure that is not the visitor's: nothing was stored. */
  public Page problem(Problem problem) {
    return new Page(problem.status(), problems.page(problem));
  }

  /** A form of somebody's own that names no funnel: there is none to show again. */
  private Page nameless(Problem problem) {
    if (problem.errors().isEmpty()) {
      return problem(problem);
    }
    var errors = problem.errors().stream().map(error -> error.field() + ": " + error.detail());
    return problem(
        new Problem(
            problem.type(),
            problem.title(),
            problem.status(),
            errors.collect(Collectors.joining(" ")),
            problem.errors(),
            problem.retryAfter()));
  }

  private static boolean isOpen(HostedFunnel funnel) {
    return funnel != null && funnel.isOpen();
  }

  /** Where a form does not exist, or is closed: whose it was is said only of the latter. */
  private Page withoutForm(HostedFunnel funnel) {
    return new Page(
        404,
        funnel == null
            ? templates.fill("pages/gone", Map.of("lang", "en"))
            : templates.fill("pages/closed", common(funnel)));
  }

  private Map<String, Object> form(HostedFunnel funnel, Map<String, String> typed) {
    var model = common(funnel);
    model.put("values", typed);
    model.put("hidden", Campaign.hidden(typed));
    model.put("times", times(funnel, typed.get("preferredTime")));
    model.put("asksForTime", !funnel.times().isEmpty());
    model.put("errors", Map.of());
    model.put("failed", false);
    model.put("captcha", captcha.widget() == null ? (Object) false : captcha.widget());
    return model;
  }

  private static List<Map<String, Object>> times(HostedFunnel funnel, String chosen) {
    return funnel.times().stream()
        .map(
            time ->
                Map.<String, Object>of(
                    "value", time.get("value"),
                    "label", time.get("label"),
                    "isChosen", time.get("value").equals(chosen)))
        .toList();
  }

  private static Map<String, Object> common(HostedFunnel funnel) {
    var model = new LinkedHashMap<String, Object>();
    model.put("lang", "en");
    model.put("business", funnel.business());
    model.put("title", funnel.title());
    model.put("intro", funnel.intro());
    model.put("funnelId", funnel.id());
    model.put("slug", funnel.slug());
    model.values().removeIf(value -> value == null);
    return model;
  }
}
