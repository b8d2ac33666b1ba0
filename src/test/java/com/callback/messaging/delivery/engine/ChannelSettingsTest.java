package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelSettingsTest {

  private static final List<String> ONE = List.of("smtp");

  @Test
  void a_channel_without_a_schedule_makes_one_attempt() {
    assertThat(settings(ONE, "sent", 1, 1, null).attempts()).isOne();
  }

  @Test
  void a_delivery_is_given_up_after_six_losses_or_after_all_its_attempts() {
    assertThat(settings(ONE, "sent", 1, 1, List.of()).losses()).isEqualTo(6);
    var nine = Collections.nCopies(8, Duration.ofMinutes(1));
    assertThat(settings(ONE, "sent", 1, 1, nine).losses()).isEqualTo(9);
  }

  @Test
  void a_channel_without_a_provider_is_refused() {
    assertThatThrownBy(() -> settings(null, "sent", 1, 1, null))
        .hasMessage("providers is empty: name at least one.");
  }

  @ParameterizedTest
  @CsvSource({
    "received, 1, 1, accepted-as is \"received\"",
    "sent, 0, 1, in-flight and batch must be 1 or more",
    "sent, 1, 0, in-flight and batch must be 1 or more"
  })
  void a_channel_with_a_wrong_setting_is_refused(
      String acceptedAs, int inFlight, int batch, String message) {
    assertThatThrownBy(() -> settings(ONE, acceptedAs, inFlight, batch, null))
        .hasMessageStartingWith(message);
  }

  @Test
  void a_recipient_fits_where_the_whole_of_it_matches_the_pattern() {
    var chat = new RecipientFormat("Chat id", "text", "@\\w+", "@team", false);
    assertThat(chat.fits("@sales")).isTrue();
    assertThat(chat.fits("to @sales")).isFalse();
    assertThat(new RecipientFormat("Pager", "text", null, "4711", false).fits("anything")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    ", text, , @team, recipient needs a label and an example.",
    "Chat id, text, , , recipient needs a label and an example.",
    "Chat id, phone, , @team, 'recipient.kind is \"phone\": set it to email, mobile, url or text.'",
    "Chat id, text, [, @team, recipient.pattern is no regular expression",
    "Chat id, text, @\\w+, team, recipient.example does not match recipient.pattern"
  })
  void a_channel_whose_recipient_is_described_wrongly_is_refused(
      String label, String kind, String pattern, String example, String message) {
    assertThatThrownBy(() -> new RecipientFormat(label, kind, pattern, example, false))
        .hasMessageStartingWith(message);
  }

  @Test
  void a_pattern_without_a_group_and_a_negative_limit_are_refused() {
    var pattern = Pattern.compile("\\d+");
    assertThatThrownBy(() -> new ResponseFormat(null, null, pattern, null))
        .hasMessage("response.retry-after needs a group: put what is to be read into parentheses.");
    assertThatThrownBy(() -> new ResponseFormat(null, null, null, pattern))
        .hasMessageStartingWith("response.reference needs a group");
    assertThatThrownBy(() -> new TextFormat(Markup.PLAIN, -1, 0, 0, false))
        .hasMessageStartingWith("text.max-length");
  }

  private static ChannelSettings settings(
      List<String> providers, String acceptedAs, int inFlight, int batch, List<Duration> schedule) {
    return new ChannelSettings(
        true,
        null,
        null,
        false,
        providers,
        acceptedAs,
        inFlight,
        batch,
        true,
        Duration.ofMinutes(10),
        schedule,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
