package com.callback.messaging.delivery.engine;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a provider says in the body of a response beside its status: the part {@code response} of a
 * channel's block in the configuration. Each is a regular expression that is looked for in the
 * body; null says nothing.
 *
 * @param accepted what the body of each 2xx has; without it the message was not accepted, and is
 *     tried again
 * @param temporary what says that another attempt may succeed, whatever the status
 * @param retryAfter its first group is the wait before the next attempt in seconds, where there is
 *     no header {@code Retry-After}
 * @param reference its first group is the provider's own reference of an accepted message
 */
public record ResponseFormat(
    Pattern accepted, Pattern temporary, Pattern retryAfter, Pattern reference) {

  public ResponseFormat {
    requireGroup("retry-after", retryAfter);
    requireGroup("reference", reference);
  }

  /** Whether the body of a 2xx is one of a message that was accepted. */
  boolean accepts(String body) {
    return accepted == null || accepted.matcher(body).find();
  }

  /** Whether the body says that another attempt may succeed. */
  boolean isTemporary(String body) {
    return temporary != null && temporary.matcher(body).find();
  }

  /** The wait that the body asks for, in seconds, as {@code Retry-After} has it. */
  Optional<String> retryAfter(String body) {
    return first(retryAfter, body);
  }

  /** The provider's own reference of a message that it has accepted. */
  Optional<String> reference(String body) {
    return first(reference, body);
  }

  private static Optional<String> first(Pattern pattern, String body) {
    if (pattern == null) {
      return Optional.empty();
    }
    var found = pattern.matcher(body);
    return found.find() ? Optional.ofNullable(found.group(1)) : Optional.empty();
  }

  private static void requireGroup(String name, Pattern pattern) {
    if (pattern != null && pattern.matcher("").groupCount() < 1) {
      throw new IllegalArgumentException(
          "response.%s needs a group: put what is to be read into parentheses.".formatted(name));
    }
  }
}
