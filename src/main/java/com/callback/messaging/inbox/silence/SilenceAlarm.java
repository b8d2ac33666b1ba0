package com.callback.messaging.inbox.silence;

import com.callback.messaging.platform.startup.StartFailure;
import java.math.BigDecimal;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** When a silence is reported: {@code silence.*}. */
@Component("silenceAlarm")
public class SilenceAlarm {

  private static final BigDecimal LARGEST = new BigDecimal("0.2");
  private static final BigDecimal SMALLEST = new BigDecimal("0.000001");

  private final BigDecimal chance;

  SilenceAlarm(@Value("${silence.chance}") BigDecimal chance) {
    if (chance.compareTo(SMALLEST) < 0 || chance.compareTo(LARGEST) > 0) {
      throw new StartFailure(
          "silence.chance is %s: set SILENCE_CHANCE to a number from %s to %s, such as 0.01."
              .formatted(chance, SMALLEST.toPlainString(), LARGEST.toPlainString()));
    }
    this.chance = chance;
  }

  /** A silence is reported if its probability is below this. */
  public BigDecimal chance() {
    return chance;
  }

  /** The same in percent, for people. */
  public String percent() {
    return chance.movePointRight(2).stripTrailingZeros().toPlainString();
  }
}
