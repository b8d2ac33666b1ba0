package com.callback.messaging.delivery.engine;

import java.util.regex.Pattern;

/** Says what to do about what a far end answered by HTTP. */
final class HttpRemedies {

  /** Most characters of an address that are shown. */
  private static final int LONGEST = 500;

  private static final Pattern NO_PART_OF_AN_ADDRESS = Pattern.compile("[^!-~]+");

  private HttpRemedies() {}

  /** The status, and what it asks of whom, in one sentence. */
  static String sentence(UnsuccessfulResponseException answered) {
    var remedy = remedy(answered);
    return answered.getMessage() + (remedy.isEmpty() ? "" : ": " + remedy);
  }

  private static String remedy(UnsuccessfulResponseException answered) {
    return switch (answered.status()) {
      case 200, 201, 202, 203, 204 -> "its response does not say that it accepted the message";
      case 300, 301, 302, 303, 305, 307, 308 -> redirect(answered);
      case 401, 403 -> "check the credentials that it wants";
      case 402 -> "the account there must be paid up";
      case 404, 405 -> "check the address";
      case 410 -> "it wants nothing more";
      case 429 -> "it takes no more at the moment";
      default -> answered.answer().map(ProviderErrors::sentence).orElse("");
    };
  }

  private static String redirect(UnsuccessfulResponseException answered) {
    return answered
        .location()
        .map(HttpRemedies::shown)
        .filter(location -> !location.isEmpty())
        .map(
            location ->
                "it has moved to "
                    + location
                    + " and redirects are not followed; set that address instead")
        .orElse("redirects are not followed; set the address that answers by itself");
  }

  private static String shown(String location) {
    var plain = NO_PART_OF_AN_ADDRESS.matcher(location.strip()).replaceAll("");
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "...";
  }
}
