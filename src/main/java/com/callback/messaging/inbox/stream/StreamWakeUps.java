package com.callback.messaging.inbox.stream;

import com.callback.messaging.platform.broker.WakeUpsUnderWay;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Wake-ups of open streams: "a business has new events". Every instance gets each of them, and
 * looks by itself once a second.
 */
@Component
public class StreamWakeUps extends WakeUpsUnderWay {

  StreamWakeUps(Clock clock) {
    super(clock, Duration.ofSeconds(1));
  }
}
