package com.callback.messaging.delivery.channel.sms;

import com.callback.messaging.delivery.engine.Attempt;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Writes the messages of a batch. One that cannot be written fails alone. */
@Component
public class SmsMessages {

  private final SmsWriter writer;
  private final SmsText texts;
  private final SmsCountries countries;

  SmsMessages(SmsWriter writer, SmsText texts, SmsCountries countries) {
    this.writer = writer;
    this.texts = texts;
    this.countries = countries;
  }

  /** The messages of these attempts, without those that cannot be written. */
  public List<SmsMessage> write(List<Attempt> batch) {
    var messages = new ArrayList<SmsMessage>();
    for (var attempt : batch) {
      try {
        messages.add(message(attempt));
      } catch (Exception | Error e) {
        attempt.failed(e);
      }
    }
    return messages;
  }

  private SmsMessage message(Attempt attempt) {
    var delivery = attempt.delivery();
    var text = writer.write(delivery);
    return new SmsMessage(
        attempt, text, texts.size(text), countries.countryOf(delivery.recipient()).orElse(null));
  }
}
