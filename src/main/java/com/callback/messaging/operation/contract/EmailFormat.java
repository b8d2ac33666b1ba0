package com.callback.messaging.operation.contract;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Format;
import java.util.regex.Pattern;

/**
 * Whether a text has the shape of an e-mail address that people have. A list of the top-level
 * domains there are, as the validator's own check has one, would refuse those that are newer than
 * it.
 */
final class EmailFormat implements Format {

  private static final String ATOM = "[^\\s\\p{Z}\\p{C}@.,;:<>()\\[\\]\\\\\"]{1,64}";
  private static final String LABEL =
      "[\\p{L}\\p{M}\\p{N}](?:[\\p{L}\\p{M}\\p{N}-]{0,61}[\\p{L}\\p{M}\\p{N}])?";
  private static final Pattern ADDRESS =
      Pattern.compile("(?=[^@]{1,64}@)%1$s(?:\\.%1$s)*@%2$s(?:\\.%2$s)*".formatted(ATOM, LABEL));

  @Override
  public String getName() {
    return "email";
  }

  @Override
  public boolean matches(ExecutionContext context, String value) {
    return isAddress(value);
  }

  static boolean isAddress(String text) {
    return ADDRESS.matcher(text).matches();
  }
}
