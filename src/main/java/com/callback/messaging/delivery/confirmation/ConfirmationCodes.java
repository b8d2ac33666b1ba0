package com.callback.messaging.delivery.confirmation;

import com.callback.messaging.platform.secrets.Seal;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Codes of six digits. They are made from the id of their confirmation and a key of the service
 * whenever one is written or compared: what the database keeps, even hashed, would be guessed in a
 * moment.
 */
@Component
public class ConfirmationCodes {

  private static final String PURPOSE = "confirmation";
  private static final Pattern SPACES = Pattern.compile("[\\s\\u00A0-]");

  private final Seal seal;

  ConfirmationCodes(Seal seal) {
    this.seal = seal;
  }

  /**
   * The code of a confirmation: six digits.
   *
   * @param id of its row
   */
  public String code(String id) {
    return seal.code(PURPOSE, id);
  }

  /**
   * Whether this is the code of a confirmation.
   *
   * @param given as it was typed: spaces and hyphens between digits do not count
   */
  boolean matches(String id, String given) {
    return seal.matchesCode(PURPOSE, id, SPACES.matcher(given).replaceAll(""));
  }
}
