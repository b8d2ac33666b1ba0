package com.callback.messaging.delivery.engine;

import com.callback.messaging.platform.broker.WakeUpsUnderWay;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Wake-ups of channels: "something is due". Another instance may take one, and no word of it comes
 * back: after a moment the next one may follow.
 */
@Component
public class BrokerWakeUps extends WakeUpsUnderWay {

  BrokerWakeUps(Clock clock) {
    super(clock, Duration.ofMillis(50));
  }
}
