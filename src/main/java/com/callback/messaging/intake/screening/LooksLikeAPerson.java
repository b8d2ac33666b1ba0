package com.callback.messaging.intake.screening;

import com.callback.messaging.intake.submission.Submission;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether nothing but one sign speaks against a person: a browser sent it from a page, and no text
 * of it advertises anything.
 */
final class LooksLikeAPerson {

  private static final Pattern LINK = Pattern.compile("(?i)https?://|www\\.|\\[url|<a\\s");

  private LooksLikeAPerson() {}

  static boolean is(HttpServletRequest request, Submission submission) {
    return submission.sender().origin() != null
        && hasText(request.getHeader("User-Agent"))
        && hasText(request.getHeader("Accept-Language"))
        && Stream.of(submission.contactName(), submission.subject(), submission.message())
            .filter(Objects::nonNull)
            .noneMatch(text -> LINK.matcher(text).find());
  }

  private static boolean hasText(String header) {
    return header != null && !header.isBlank();
  }
}
