package com.callback.messaging.intake.screening;

import com.callback.messaging.intake.submission.Sender;
import com.callback.messaging.intake.submission.Submission;
import com.callback.messaging.platform.http.ClientAddress;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;

/**
 * Looks at how a callback request came in, step by step: what costs nothing first, the captcha's
 * provider only where nothing else speaks against it, and the limits of what people send last, so
 * that what is held already does not use up what others may send.
 */
@Component
public class SpamScreening {

  private final RequestLimits limits;
  private final FormTokens tokens;
  private final Captcha captcha;
  private final ClientAddress addresses;

  SpamScreening(RequestLimits limits, FormTokens tokens, Captcha captcha, ClientAddress addresses) {
    this.limits = limits;
    this.tokens = tokens;
    this.captcha = captcha;
    this.addresses = addresses;
  }

  /**
   * Lets in what is not beyond all measure.
   *
   * @throws com.callback.messaging.platform.http.RequestRefusedException 429, with when to come
   *     again
   */
  public void admit(HttpServletRequest request, Submission submission) {
    limits.requireBelowRefusal(caller(request, submission), submission);
  }

  /** What the request itself gives away; null for nothing. */
  public String signalOf(HttpServletRequest request, Submission submission) {
    var sender = submission.sender();
    if (sender.trusted()) {
      return null;
    }
    var signal = ofItsToken(request, submission);
    if (sender.honeypot() == null) {
      return signal;
    }
    // Browsers and password managers fill in fields that people do not see.
    return signal == null && LooksLikeAPerson.is(request, submission) ? null : SpamSignal.HONEYPOT;
  }

  private String ofItsToken(HttpServletRequest request, Submission submission) {
    var sender = submission.sender();
    if (sender.formToken() != null) {
      return tokens.signal(sender.formToken(), submission.funnelId());
    }
    return isOurForm(request, sender) ? SpamSignal.STALE_FORM : null;
  }

  /**
   * The question that is for the captcha's provider; null where there is none, because the answer
   * is known or would change nothing.
   */
  public CaptchaCheck captchaCheck(
      HttpServletRequest request, Submission submission, String signal) {
    return signal != null || submission.sender().trusted()
        ? null
        : captcha.question(submission.sender(), addresses.of(request));
  }

  /** The signal that stays: the one there is, or that it is more than people send. */
  public String countedSignal(HttpServletRequest request, Submission submission, String signal) {
    if (submission.sender().trusted()) {
      return limits.signalOfKeys(caller(request, submission));
    }
    var found = limits.signal(caller(request, submission), submission, signal);
    return SpamSignal.TOO_MANY.equals(found) && addresses.isShared(request)
        ? SpamSignal.UNNAMED_PROXY
        : found;
  }

  /** Our form always brings a token; scripts of our own pages send JSON, and have none. */
  private static boolean isOurForm(HttpServletRequest request, Sender sender) {
    return Sender.OURS.equals(sender.origin())
        && !String.valueOf(request.getContentType()).startsWith("application/json");
  }

  /** Servers of a business may share an address with those of others: they count by business. */
  private String caller(HttpServletRequest request, Submission submission) {
    return submission.sender().trusted()
        ? "business " + submission.businessId()
        : addresses.networkOf(request);
  }
}
