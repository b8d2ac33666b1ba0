package com.callback.messaging.delivery.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The channels that the configuration knows. */
@Component
public class Channels {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, ChannelSettings> byName;

  Channels(Environment environment) {
    this.byName =
        Binder.get(environment)
            .bind("channels", Bindable.mapOf(String.class, ChannelSettings.class))
            .orElse(Map.of());
  }

  /** The settings of a channel; fails for one that has no block in the configuration. */
  public ChannelSettings of(String channel) {
    var settings = byName.get(channel);
    if (settings == null) {
      throw new IllegalArgumentException(
          "There is no channel \""
              + channel
              + "\": add channels."
              + channel
              + " to the configuration.");
    }
    return settings;
  }

  /** What people call a channel that the configuration knows. */
  public String label(String channel) {
    var label = of(channel).label();
    return label == null ? channel : label;
  }

  /** All their names, with commas between them. */
  public String names() {
    return String.join(",", byName.keySet());
  }

  /** What each does with a delivery that was lost while sending, as JSON for the statement. */
  public String afterALoss() throws JsonProcessingException {
    return JSON.writeValueAsString(
        byName.entrySet().stream()
            .map(
                channel ->
                    Map.of(
                        "channel", channel.getKey(),
                        "resend", channel.getValue().resendWhenUnknown(),
                        "losses", channel.getValue().losses(),
                        "receiptWait", channel.getValue().receiptWait().toString()))
            .toList());
  }

  /** Their names that have work to do on this instance. */
  public List<String> enabled() {
    return byName.entrySet().stream()
        .filter(channel -> channel.getValue().enabled())
        .map(Map.Entry::getKey)
        .toList();
  }
}
