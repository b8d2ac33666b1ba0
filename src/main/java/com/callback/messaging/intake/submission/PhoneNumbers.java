package com.callback.messaging.intake.submission;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.Leniency;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.springframework.stereotype.Component;

/**
 * Reads telephone numbers as people type them, by Google's libphonenumber.
 *
 * <p>A number that cannot be read is no reason to refuse a lead: the text as typed still reaches a
 * person.
 */
@Component
public class PhoneNumbers {

  /**
   * Text that is a number and nothing else. libphonenumber itself would read letters as the digits
   * on their keys, and find a number in any sentence.
   */
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?:tel:)?(?<number>[+0-9()\\-.\\s/]{3,40}?)"
              + "(?:[\\s,;]*(?:extension|extn|ext|x|#)[\\s\\-:=]*[0-9]{1,7})?",
          Pattern.CASE_INSENSITIVE);

  /**
   * The way to dial abroad in most of the world, typed where the plus belongs: not in the middle of
   * a number, nor in a time of day.
   */
  private static final Pattern DOUBLE_ZERO =
      Pattern.compile("(?<![0-9)+][\\s(\\-]{0,3})(?<![0-9]:)00(?=[\\s\\-(]*[1-9])");

  /** Australia dials abroad by 0011, which libphonenumber knows. */
  private static final Pattern DOUBLE_ZERO_IN_AUSTRALIA =
      Pattern.compile(DOUBLE_ZERO.pattern() + "(?!11)");

  /** No country code begins with 0: the plus was meant as decoration. */
  private static final Pattern PLUS_ZERO = Pattern.compile("\\+(?=[\\s\\-(]*0)");

  private static final int LONGEST_E164 = 15;
  private static final int MOST_CANDIDATES = 100;

  private final PhoneNumberUtil phones = PhoneNumberUtil.getInstance();

  PhoneNumbers() {}

  /**
   * Returns the text with the digits, spaces, dashes, dots, brackets and plus signs of all scripts
   * in ASCII (dots become dashes) and without invisible marks, so that one simple pattern can judge
   * it.
   */
  public String folded(String typed) {
    var folded = new StringBuilder();
    typed.codePoints().map(PhoneNumbers::fold).filter(c -> c >= 0).forEach(folded::appendCodePoint);
    return folded.toString().strip();
  }

  /** Returns the ASCII character, the character itself, or -1 for one that is to be left out. */
  private static int fold(int c) {
    if (Character.isDigit(c)) {
      return '0' + Character.digit(c, 10);
    }
    if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
      return ' ';
    }
    return switch (Character.getType(c)) {
      case Character.DASH_PUNCTUATION -> '-';
      case Character.FORMAT -> -1;
      default -> foldSign(c);
    };
  }

  private static int foldSign(int c) {
    return switch (c) {
      case '.', '·', '․', '‧', '•', '∙', '⋅', '。', '．', '｡', '・' -> '-';
      case '−', '⁃', 'ー', 'ｰ' -> '-';
      case '＋', '﹢', '⁺', '➕' -> '+';
      case '（', '﹙' -> '(';
      case '）', '﹚' -> ')';
      // A keycap emoji is a digit with these two behind it.
      case 0xFE0E, 0xFE0F, 0x20E3 -> -1;
      default -> c;
    };
  }

  /**
   * Returns the number in E.164, such as {@code +61412345678}, without its extension; the first one
   * where the text holds several, nothing where it holds no valid one.
   *
   * @param typed any text; null is no number
   * @param region two letters of the country whose local numbers are understood, such as {@code AU}
   */
  public Optional<String> e164(String typed, String region) {
    if (typed == null) {
      return Optional.empty();
    }
    var text = folded(typed);
    var country = region == null ? "ZZ" : region.strip().toUpperCase(Locale.ROOT);
    var whole = NUMBER.matcher(text);
    if (!whole.matches()) {
      return find(text, country);
    }
    var number = whole.group("number").strip();
    // A wrong number is wrong as a whole: a part of it may be valid, and is somebody else's.
    return parse(number, country)
        .or(() -> mayHoldSeveral(number) ? find(text, country) : Optional.empty());
  }

  private static boolean mayHoldSeveral(String number) {
    return number.indexOf('/') >= 0
        || number.lastIndexOf('+') > 0
        || number.chars().filter(Character::isDigit).count() > LONGEST_E164;
  }

  private Optional<String> parse(String number, String region) {
    var abroad = withPlus(number, region);
    return valid(abroad, region)
        // Where 00 turns out not to lead abroad, the region's own rules decide.
        .or(() -> abroad.equals(number) ? Optional.empty() : valid(number, region));
  }

  private Optional<String> valid(String number, String region) {
    try {
      return Optional.of(phones.parse(number, region))
          .filter(phones::isValidNumber)
          .flatMap(this::format);
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }

  private Optional<String> find(String text, String region) {
    var matches =
        phones.findNumbers(withPlus(text, region), region, Leniency.VALID, MOST_CANDIDATES);
    return StreamSupport.stream(matches.spliterator(), false)
        .flatMap(match -> format(match.number()).stream())
        .findFirst();
  }

  private static String withPlus(String text, String region) {
    var doubleZero = region.equals("AU") ? DOUBLE_ZERO_IN_AUSTRALIA : DOUBLE_ZERO;
    return doubleZero.matcher(PLUS_ZERO.matcher(text).replaceAll("")).replaceAll("+");
  }

  /** A few German numbers are valid and longer than E.164 allows: no provider takes them. */
  private Optional<String> format(PhoneNumber number) {
    return Optional.of(phones.format(number, PhoneNumberFormat.E164))
        .filter(e164 -> e164.length() <= "+".length() + LONGEST_E164);
  }
}
