package com.callback.messaging.delivery.channel.sms;

import com.callback.messaging.platform.startup.StartFailure;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The countries whose numbers are sent SMS. Every other one is refused: traffic to expensive
 * numbers is how strangers earn money with a form.
 */
@Component
public class SmsCountries {

  private static final String ANY = "ANY";

  private final PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
  private final TreeSet<String> allowed = new TreeSet<>();

  SmsCountries(@Value("${channels.sms.countries}") List<String> countries) {
    for (var country : countries) {
      var code = country.strip().toUpperCase(Locale.ROOT);
      if (!isKnown(code)) {
        throw new StartFailure(
            "channels.sms.countries names \"%s\": set CHANNELS_SMS_COUNTRIES to codes of countries such as AU, NZ, or to any."
                .formatted(country.strip()));
      }
      allowed.add(code);
    }
    if (allowed.isEmpty()) {
      throw new StartFailure(
          "channels.sms.countries is empty: set CHANNELS_SMS_COUNTRIES to codes of countries such as AU, NZ, or to any.");
    }
  }

  /**
   * Where a number belongs, as the code of ISO 3166; {@code 001} for a number of no country, such
   * as a satellite's, and empty for what is no number. A number of a range that nobody knows yet
   * belongs where its country code does.
   *
   * @param e164 such as {@code +61491570006}
   */
  Optional<String> countryOf(String e164) {
    try {
      var number = phones.parse(e164, "ZZ");
      var region = phones.getRegionCodeForNumber(number);
      return Optional.of(
          region == null ? phones.getRegionCodeForCountryCode(number.getCountryCode()) : region);
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }

  /** Whether SMS are sent to a number, as configured. */
  public boolean allow(String e164) {
    return allow(e164, List.of());
  }

  /**
   * Whether a business sends SMS to a number.
   *
   * @param own the countries that the operator allows this business; empty for those configured
   */
  public boolean allow(String e164, Collection<String> own) {
    var countries = own.isEmpty() ? allowed : own;
    return countries.contains(ANY) || countryOf(e164).filter(countries::contains).isPresent();
  }

  /** Whether there is such a country, or it is the word for all of them. */
  boolean isKnown(String code) {
    return code.equals(ANY) || phones.getSupportedRegions().contains(code);
  }

  /** The countries that are configured, by code. */
  Set<String> codes() {
    return Collections.unmodifiableSet(allowed);
  }

  /**
   * The countries that are allowed, for people to read.
   *
   * @param own the countries of a business; empty for those configured
   */
  public String names(Collection<String> own) {
    return String.join(", ", own.isEmpty() ? allowed : own);
  }
}
