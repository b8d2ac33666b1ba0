package com.callback.messaging.intake.submission;

import com.callback.messaging.operation.contract.Contract;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The ways to reach whoever asks to be called. One that cannot be used is no reason to refuse a
 * lead that gives another: it is kept as it was typed, for a person to make sense of.
 */
@Component
class ContactWays {

  static final String EMAIL_AS_TYPED = "email_raw";
  static final String PHONE_AS_TYPED = "phone_raw";

  private static final String EMAIL = "contactEmail";
  private static final String PHONE = "contactPhone";
  private static final int LONGEST_EMAIL = 254;
  private static final int LONGEST_PHONE = 40;
  private static final int LONGEST_AS_TYPED = 254;

  private static final Pattern MAILTO = Pattern.compile("^\\s*mailto:");
  private static final Pattern AROUND_ADDRESS = Pattern.compile("[\\s<>()\\[\\]\"'.,;:!]");
  private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}+");
  private static final Pattern AROUND_AT = Pattern.compile("\\s*@\\s*");
  private static final Pattern LINK = Pattern.compile("(?i)^mailto:\\s*([^?]*).*$");
  private static final Pattern AT_ENDS = Pattern.compile("^[<(\\[\"'\\s]+|[>)\\]\"'\\s.,;:!]+$");
  private static final Pattern NAMED = Pattern.compile("^[^<>]*<([^<>]+)>[^<>]*$");
  private static final Pattern BETWEEN_SEVERAL =
      Pattern.compile("\\s*[,;/]\\s*|\\s+(?:or|and)\\s+|\\s+");

  private final Contract contract;
  private final PhoneNumbers phones;

  ContactWays(Contract contract, PhoneNumbers phones) {
    this.contract = contract;
    this.phones = phones;
  }

  /**
   * Cleans both ways of a message, and sets the one aside that cannot be used beside one that can.
   *
   * @param region see {@link PhoneNumbers#e164}
   */
  void tidy(ObjectNode message, String region) {
    var email = message.path(EMAIL).textValue();
    var phone = message.path(PHONE).textValue();
    var cleaned = email == null ? Optional.<String>empty() : email(email);
    cleaned.ifPresent(address -> message.put(EMAIL, address));
    if (cleaned.isPresent() && !isOnlyTidied(email, cleaned.get())) {
      keep(message, EMAIL_AS_TYPED, email);
    }
    if (phone != null && !isPhone(phone)) {
      setPhoneAside(message, phone, cleaned.isPresent(), region);
    }
    if (email != null && cleaned.isEmpty() && mayRing(message)) {
      message.remove(EMAIL);
      keep(message, EMAIL_AS_TYPED, email);
    }
  }

  /** An address that people have, out of what they typed for one. */
  private Optional<String> email(String typed) {
    var line = String.valueOf(Text.line(INVISIBLE.matcher(typed).replaceAll("")));
    if (isEmail(line)) {
      return Optional.of(line);
    }
    var bare = bare(line);
    if (isEmail(bare)) {
      return Optional.of(bare);
    }
    var several = Stream.of(BETWEEN_SEVERAL.split(line)).map(ContactWays::bare).toList();
    // One of them that is no address may be a part of one that was cut in two.
    return several.stream().allMatch(this::isEmail)
        ? several.stream().findFirst()
        : Optional.empty();
  }

  private static String bare(String line) {
    var link = LINK.matcher(line);
    var address = link.matches() ? link.group(1) : line;
    var named = NAMED.matcher(address);
    address = named.matches() ? named.group(1) : address;
    address = AROUND_AT.matcher(address).replaceAll("@");
    return AT_ENDS.matcher(address).replaceAll("");
  }

  private boolean isEmail(String text) {
    return text.length() <= LONGEST_EMAIL && contract.isEmail(text);
  }

  /** Whether nothing was taken away that says something. */
  private static boolean isOnlyTidied(String typed, String address) {
    var before = INVISIBLE.matcher(typed).replaceAll("").toLowerCase(Locale.ROOT);
    return AROUND_ADDRESS
        .matcher(MAILTO.matcher(before).replaceAll(""))
        .replaceAll("")
        .equals(AROUND_ADDRESS.matcher(address.toLowerCase(Locale.ROOT)).replaceAll(""));
  }

  /** Whether a text may be a number, though perhaps not for a machine. */
  private boolean isPhone(String typed) {
    return typed.codePointCount(0, typed.length()) <= LONGEST_PHONE && hasDigits(typed);
  }

  private static boolean hasDigits(String text) {
    return text.codePoints().anyMatch(Character::isDigit);
  }

  private void setPhoneAside(ObjectNode message, String typed, boolean hasEmail, String region) {
    var number = phones.e164(typed, region);
    if (number.isPresent()) {
      message.put(PHONE, number.get());
      keep(message, PHONE_AS_TYPED, typed);
    } else if (hasEmail) {
      message.remove(PHONE);
      keep(message, PHONE_AS_TYPED, typed);
    }
  }

  private boolean mayRing(ObjectNode message) {
    var phone = message.path(PHONE).textValue();
    return phone != null && isPhone(phone);
  }

  private static void keep(ObjectNode message, String name, String typed) {
    if (message.path("metadata").isMissingNode() || message.path("metadata").isObject()) {
      var text = Text.storable(typed);
      message
          .withObjectProperty("metadata")
          .put(
              name,
              text.length() <= LONGEST_AS_TYPED ? text : FurtherFields.cut(text, LONGEST_AS_TYPED));
    }
  }
}
