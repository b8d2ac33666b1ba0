package com.callback.messaging.delivery.outbound;

import com.ibm.icu.text.IDNA;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Domain names beyond ASCII, as IDNA 2008 and browsers write them (UTS 46, non-transitional): the
 * JDK still follows the rules of 2003, by which {@code faß.de} is {@code fass.de}, a domain of
 * somebody else.
 */
public final class DomainName {

  private static final IDNA RULES =
      IDNA.getUTS46Instance(
          IDNA.NONTRANSITIONAL_TO_ASCII
              | IDNA.NONTRANSITIONAL_TO_UNICODE
              | IDNA.USE_STD3_RULES
              | IDNA.CHECK_BIDI
              | IDNA.CHECK_CONTEXTJ);

  private static final int LONGEST = 253;

  private static final Pattern LABELS =
      Pattern.compile(
          "(?i)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

  private static final Pattern ENCODED = Pattern.compile("(?i)(?:.*\\.)?xn--.*");

  private DomainName() {}

  /**
   * The name in ASCII; empty for what is no domain name. What is ASCII already keeps its case.
   *
   * @param written without a dot at its end
   */
  public static Optional<String> ascii(String written) {
    var isPlain = written.chars().allMatch(c -> c < 0x80) && !ENCODED.matcher(written).matches();
    return (isPlain ? Optional.of(written) : converted(written))
        .filter(name -> name.length() <= LONGEST && LABELS.matcher(name).matches());
  }

  private static Optional<String> converted(String written) {
    var ascii = new StringBuilder();
    var info = new IDNA.Info();
    RULES.nameToASCII(written, ascii, info);
    return info.hasErrors()
        ? Optional.empty()
        : Optional.of(ascii.toString().toLowerCase(Locale.ROOT));
  }
}
