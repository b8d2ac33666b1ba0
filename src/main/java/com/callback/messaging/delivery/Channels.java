package com.callback.messaging.delivery;

import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The channels that the configuration knows. */
@Component
public class Channels {

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

  /** All their names, with commas between them. */
  public String names() {
    return String.join(",", byName.keySet());
  }

  /**
   * Channels where a delivery is not sent again when nobody knows whether it arrived, with commas
   * between them.
   */
  public String neverResent() {
    return byName.entrySet().stream()
        .filter(channel -> !channel.getValue().resendWhenUnknown())
        .map(Map.Entry::getKey)
        .collect(Collectors.joining(","));
  }
}
