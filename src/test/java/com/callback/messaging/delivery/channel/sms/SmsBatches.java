package com.callback.messaging.delivery.channel.sms;

import com.callback.messaging.delivery.channel.sms.SmsSettings.Budget;
import com.callback.messaging.delivery.channel.sms.SmsSettings.DryRun;
import com.callback.messaging.delivery.engine.Attempt;
import com.callback.messaging.delivery.engine.Attempts;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.springframework.mock.env.MockEnvironment;

/** Writes replies for an account, as the channel does once their parts are reserved. */
public final class SmsBatches {

  private final SmsMessages messages;
  private final TouchSms touchSms;

  public SmsBatches(Attempts attempts, String url, String user, String password) {
    var texts = new SmsText(false);
    messages =
        new SmsMessages(
            new SmsWriter(null, null, null, null, null, null, null, texts, 2),
            texts,
            new SmsCountries(List.of("AU")));
    touchSms =
        new TouchSms(
            attempts,
            new ObjectMapper(),
            new SmsSettings(
                64,
                5,
                DryRun.NONE,
                new Budget(0, 0, 0, 0),
                "AUD",
                new BigDecimal("0.08"),
                Map.of()),
            new MockEnvironment()
                .withProperty("channels.sms.url", url)
                .withProperty("channels.sms.username", user)
                .withProperty("channels.sms.password", password)
                .withProperty("channels.sms.standby.url", ""));
  }

  public void write(List<Attempt> batch) {
    touchSms.writeAll(messages.write(batch));
  }
}
