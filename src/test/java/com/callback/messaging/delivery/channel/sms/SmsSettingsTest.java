package com.callback.messaging.delivery.channel.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.delivery.channel.sms.SmsSettings.Budget;
import com.callback.messaging.delivery.channel.sms.SmsSettings.DryRun;
import com.callback.messaging.platform.startup.StartFailure;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class SmsSettingsTest {

  /** Settings that limit nothing. */
  static SmsSettings any(int perRequest, DryRun dryRun) {
    return new SmsSettings(
        perRequest, 0, dryRun, new Budget(0, 0, 0, 0), "AUD", new BigDecimal("0.08"), Map.of());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 5, 0.08, CHANNELS_SMS_PER_REQUEST",
    "1001, 5, 0.08, CHANNELS_SMS_PER_REQUEST",
    "64, -1, 0.08, CHANNELS_SMS_REQUESTS_PER_SECOND",
    "64, 5, -0.01, channels.sms.price"
  })
  void a_setting_that_nobody_can_use_stops_the_start_with_its_name(
      int perRequest, int perSecond, BigDecimal price, String named) {
    assertThatThrownBy(
            () ->
                new SmsSettings(
                    perRequest,
                    perSecond,
                    DryRun.NONE,
                    new Budget(0, 0, 0, 0),
                    "AUD",
                    price,
                    Map.of()))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(named);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0, 0, 0, budget.per-day",
    "0, -1, 0, 0, budget.per-month",
    "0, 0, 91, 0, CHANNELS_SMS_BUDGET_RESERVE",
    "0, 0, -1, 0, CHANNELS_SMS_BUDGET_RESERVE",
    "0, 0, 0, -1, budget.per-recipient"
  })
  void a_budget_below_zero_stops_the_start_with_its_name(
      int perDay, int perMonth, int reserve, int perRecipient, String named) {
    assertThatThrownBy(() -> new Budget(perDay, perMonth, reserve, perRecipient))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(named);
  }

  @Test
  void a_country_may_have_another_price() {
    var settings =
        new SmsSettings(
            1,
            0,
            DryRun.NONE,
            new Budget(0, 0, 0, 0),
            "AUD",
            new BigDecimal("0.08"),
            Map.of("nz", new BigDecimal("0.12")));
    assertThat(settings.priceIn("NZ")).isEqualTo("0.12");
    assertThat(settings.priceIn("AU")).isEqualTo("0.08");
    assertThat(settings.priceIn(null)).isEqualTo("0.08");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SHARED_NUMBER", "+61491570006", "61491570006", "ACME", "Callback Co", "24seven"})
  void a_sender_is_a_number_or_a_short_name(String from) {
    assertThat(account(from).from()).isEqualTo(from);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Callback Messaging", "+61 491 570 006", "ACME!", "Žižka", "1234"})
  void another_sender_stops_the_start(String from) {
    assertThatThrownBy(() -> account(from))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("CHANNELS_SMS_FROM");
  }

  private static SmsAccount account(String from) {
    return SmsAccount.of(
        new MockEnvironment()
            .withProperty("channels.sms.url", "https://sms.example.com")
            .withProperty("channels.sms.from", from),
        "channels.sms.",
        5);
  }

  @ParameterizedTest
  @CsvSource({
    "AU, +61491570006, true",
    "AU, +61400000000, true",
    "AU, +61445000000, true",
    "AU, nonsense, false",
    "AU, +64211234567, false",
    "'AU,NZ', +64211234567, true",
    "'au, nz', +64211234567, true",
    "any, +491701234567, true",
    "any, +881651434800, true",
    "AU, +881651434800, false"
  })
  void numbers_of_allowed_countries_get_sms(String countries, String number, boolean isAllowed) {
    assertThat(new SmsCountries(List.of(countries.split(","))).allow(number)).isEqualTo(isAllowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Australia", "XX", "AU NZ"})
  void a_country_that_there_is_not_stops_the_start(String country) {
    assertThatThrownBy(() -> new SmsCountries(List.of(country)))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("CHANNELS_SMS_COUNTRIES");
  }
}
