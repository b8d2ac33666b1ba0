package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The requests in {@code docs/channels.md} are those that were caught. {@code make channels} writes
 * them, by the test that catches them.
 */
final class ChannelGuide {

  private static final Path FILE = Path.of("docs/channels.md");

  private ChannelGuide() {}

  /**
   * Holds the request that the guide shows for a channel against the one that was caught, with
   * examples of addresses, times and secrets.
   */
  static void shows(String channel, String caught) throws IOException {
    var request =
        caught
            .replaceAll("http://localhost:\\d+", "https://callbacks.example.com")
            .replaceAll(
                "\"createdAt\" : \"[^\"]+\"", "\"createdAt\" : \"2026-11-22T03:04:05.123Z\"")
            .replaceAll(" by (?:\\w{3} \\d{1,2} \\w{3} )?\\d\\d:\\d\\d\\b", " by 14:30")
            .replaceAll("(?:Hush0){3,}(?:Hush)?", "SECRET");
    var guide = Files.readString(FILE);
    var block =
        Pattern.compile(
                "(<!-- request of %s -->\n```\n)(.*?)(\n```\n)".formatted(channel), Pattern.DOTALL)
            .matcher(guide);
    assertThat(block.find()).as("a request of %s in %s", channel, FILE).isTrue();
    if (Boolean.getBoolean("guide.write")) {
      Files.writeString(
          FILE,
          block.replaceFirst(Matcher.quoteReplacement(block.group(1) + request + block.group(3))));
    } else {
      assertThat(block.group(2))
          .as("%s: renew it by \"make channels\" and commit it with the channel", FILE)
          .isEqualTo(request);
    }
  }
}
