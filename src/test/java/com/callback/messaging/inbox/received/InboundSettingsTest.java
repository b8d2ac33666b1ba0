package com.callback.messaging.inbox.received;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.platform.startup.StartFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** A setting for received mails that cannot work stops the start, and says what to set. */
class InboundSettingsTest {

  private static final String AT = "channels.email.inbound";

  static InboundSettings with(Map<String, String> changed) {
    var given = new HashMap<String, String>();
    given.putAll(
        Map.of(
            "parse-secret", "",
            "max-size", "10MB",
            "original-length", "50000",
            "attachments", "20",
            "spam-score", "5"));
    given.putAll(
        Map.of(
            "imap.scheme", "imaps",
            "imap.host", "",
            "imap.port", "993",
            "imap.username", "",
            "imap.password", "",
            "imap.folder", "INBOX",
            "imap.poll-ms", "30000"));
    given.putAll(changed);
    var source = new MapConfigurationPropertySource();
    given.forEach((name, value) -> source.put(AT + "." + name, value));
    return new Binder(source).bind(AT, InboundSettings.class).get();
  }

  @Test
  void settings_that_fit_are_taken() {
    assertThat(with(Map.of()).mostBytes()).isEqualTo(10 * 1_048_576);
  }

  @ParameterizedTest
  @CsvSource({
    "parse-secret,short,PARSE_SECRET",
    "parse-secret,a-secret-with-a-quote-'-and-more-of-it,PARSE_SECRET",
    "max-size,1KB,MAX_SIZE",
    "max-size,1GB,MAX_SIZE",
    "original-length,-1,ORIGINAL_LENGTH",
    "original-length,200001,ORIGINAL_LENGTH",
    "attachments,101,ATTACHMENTS",
    "spam-score,-1,SPAM_SCORE",
    "imap.scheme,pop3,IMAP_SCHEME",
    "imap.host,mail.example.com,IMAP_USERNAME",
    "imap.poll-ms,0,IMAP_POLL_MS"
  })
  void a_setting_that_cannot_work_is_refused_by_its_name(
      String name, String value, String variable) {
    assertThatThrownBy(() -> with(Map.of(name, value)))
        .isInstanceOf(BindException.class)
        .rootCause()
        .hasMessageContaining("CHANNELS_EMAIL_INBOUND_" + variable)
        .hasMessageNotContaining("short");
  }

  @ParameterizedTest
  @CsvSource({"PT0S", "PT-1H", "P366D"})
  void a_window_that_never_or_always_fits_is_refused(Duration window) {
    assertThatThrownBy(() -> new ReceivedSettings(window))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("REPLIES_SMS_WINDOW");
  }
}
