package com.callback.messaging.delivery.channel.sms;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Tells numbers that can be sent an SMS from those that cannot, or at whose cost nobody should
 * send.
 */
@Component
public class SmsNumbers {

  /** In some countries, such as those of +1, mobile numbers look like any other. */
  private static final Set<PhoneNumberType> MOBILE =
      Set.of(PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE);

  private final PhoneNumberUtil phones = PhoneNumberUtil.getInstance();

  SmsNumbers() {}

  /**
   * Whether an SMS can arrive there.
   *
   * @param e164 such as {@code +61491570006}
   */
  public boolean takesSms(String e164) {
    try {
      return MOBILE.contains(phones.getNumberType(phones.parse(e164, "ZZ")));
    } catch (NumberParseException e) {
      return false;
    }
  }
}
