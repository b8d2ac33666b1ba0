package com.callback.messaging.webhook;

import com.callback.messaging.api.Asked;
import com.callback.messaging.http.Problem;
import com.callback.messaging.http.Problem.FieldError;
import com.callback.messaging.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** What a subscription must keep to beyond what its schema says. */
@Component
public class SubscriptionRules {

  private static final Pattern SCHEME = Pattern.compile("https?", Pattern.CASE_INSENSITIVE);

  /** RFC 9110, section 5.6.2: a token. */
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");

  /** RFC 9110, section 5.5: visible ASCII, with spaces inside. */
  private static final Pattern VALUE = Pattern.compile("[!-~](?:[ -~]*[!-~])?");

  private static final Problem FULL =
      Problem.of(
          409,
          "too-many-subscriptions",
          "There are 100 subscriptions",
          "A business may have 100 webhook subscriptions. Delete one that is no longer needed, and try again.");

  private final ObjectMapper json;

  SubscriptionRules(ObjectMapper json) {
    this.json = json;
  }

  /**
   * Holds the address and the headers that were asked for against what can be called and sent.
   *
   * @throws RequestRefusedException with everything that is wrong
   */
  public void check(Asked asked) throws JsonProcessingException {
    var body = json.readTree(asked.body());
    var errors = new ArrayList<FieldError>();
    if (body.has("url")) {
      errors.addAll(url(body.get("url").asText()));
    }
    errors.addAll(headers(body.path("headers")));
    if (!errors.isEmpty()) {
      throw Refusals.of(errors);
    }
  }

  /**
   * The id of the subscription that was just made.
   *
   * @throws RequestRefusedException 409 when there was no room for it
   */
  public String room(Object id) {
    if (id instanceof String made) {
      return made;
    }
    throw new RequestRefusedException(FULL);
  }

  private static List<FieldError> url(String text) {
    try {
      var url = new URI(text).parseServerAuthority();
      if (url.getScheme() == null
          || !SCHEME.matcher(url.getScheme()).matches()
          || url.getHost() == null) {
        return wrongUrl("Give a whole address that begins with https:// or http://.");
      }
      if (url.getUserInfo() != null) {
        return wrongUrl(
            "Leave user name and password out of the address; a header can carry them.");
      }
      return url.getFragment() == null
          ? List.of()
          : wrongUrl("Leave out what follows the # sign; it is never sent.");
    } catch (URISyntaxException e) {
      return wrongUrl(
          "This is no address: write spaces and other special characters as %20 and the like.");
    }
  }

  private static List<FieldError> wrongUrl(String remedy) {
    return List.of(new FieldError("url", remedy));
  }

  private static List<FieldError> headers(JsonNode headers) {
    var errors = new ArrayList<FieldError>();
    for (var header : headers.properties()) {
      if (!NAME.matcher(header.getKey()).matches()) {
        errors.add(
            new FieldError(
                "headers." + header.getKey(),
                "A header's name has 1 to 100 letters, digits and dashes; no space, colon or line break."));
      } else if (!VALUE.matcher(header.getValue().asText()).matches()) {
        errors.add(
            new FieldError(
                "headers." + header.getKey(),
                "A header's value is ASCII without line breaks, and does not begin or end with a space; give it anew where it was not shown."));
      }
    }
    return errors;
  }
}
