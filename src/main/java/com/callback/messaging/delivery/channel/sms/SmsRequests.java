package com.callback.messaging.delivery.channel.sms;

import java.util.List;
import org.springframework.stereotype.Component;

/** Writes the requests of a batch, each for the provider that carries its message. */
@Component
public class SmsRequests {

  private final HttpSms httpSms;
  private final TouchSms touchSms;

  SmsRequests(HttpSms httpSms, TouchSms touchSms) {
    this.httpSms = httpSms;
    this.touchSms = touchSms;
  }

  /** Writes the requests of messages that have not failed yet. */
  public void writeAll(List<SmsMessage> messages) {
    touchSms.writeAll(httpSms.writeOwn(messages));
  }
}
