package com.callback.messaging.delivery.engine;

import com.callback.messaging.platform.startup.StartFailure;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
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
        onePerName(
            Binder.get(environment)
                .bind("channels", Bindable.mapOf(String.class, ChannelSettings.class))
                .orElse(Map.of()));
    for (var channel : enabled()) {
      of(channel).requires().forEach(setting -> require(environment, channel, setting));
    }
  }

  private static void require(Environment environment, String channel, String setting) {
    if (environment.getProperty("channels." + channel + "." + setting, "").isBlank()) {
      throw new StartFailure(
          "channels.%1$s.%2$s is empty: set CHANNELS_%3$s_%4$s, or CHANNELS_%3$s_ENABLED=false."
              .formatted(channel, setting, asVariable(channel), asVariable(setting)));
    }
  }

  private static String asVariable(String name) {
    return name.replace("-", "").toUpperCase(Locale.ROOT);
  }

  /**
   * A variable of the environment cannot have a hyphen in its name: CHANNELS_GOOGLECHAT_ENABLED
   * sets google-chat, and is read as a channel googlechat besides.
   */
  private static Map<String, ChannelSettings> onePerName(Map<String, ChannelSettings> bound) {
    var hyphenated =
        bound.keySet().stream()
            .filter(name -> name.contains("-"))
            .map(name -> name.replace("-", ""))
            .collect(Collectors.toSet());
    var byName = new LinkedHashMap<>(bound);
    byName.keySet().removeIf(hyphenated::contains);
    return byName;
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

  /** Whether the configuration has a block for it. */
  public boolean isKnown(String channel) {
    return byName.containsKey(channel);
  }

  /** What people call a channel that the configuration knows. */
  public String label(String channel) {
    var label = of(channel).label();
    return label == null ? channel : label;
  }

  /** The names of the channels that a business switches on, with commas between them. */
  public String names() {
    return byName.entrySet().stream()
        .filter(channel -> !channel.getValue().forMembers())
        .map(Map.Entry::getKey)
        .collect(Collectors.joining(","));
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
