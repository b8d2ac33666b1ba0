package com.callback.messaging.delivery.confirmation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.platform.secrets.Seals;
import com.callback.messaging.platform.startup.OperatingMode;
import com.callback.messaging.platform.startup.StartFailure;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A code belongs to its confirmation, and nothing that is stored tells it. */
class ConfirmationCodesTest {

  private static final String ID = "0199b2c4-6f3a-7c31-8f52-3d7a9be01c55";

  private final ConfirmationCodes codes = new ConfirmationCodes(Seals.of("old"));

  @Test
  void a_code_has_six_digits_and_few_share_one() {
    var made =
        Stream.generate(UUID::randomUUID)
            .limit(1_000)
            .map(id -> codes.code(id.toString()))
            .toList();
    assertThat(made).allMatch(code -> code.matches("[0-9]{6}"));
    assertThat(made.stream().distinct().count()).isGreaterThan(980);
  }

  @Test
  void a_code_is_that_of_its_confirmation_however_it_is_typed() {
    var code = codes.code(ID);
    assertThat(codes.matches(ID, code)).isTrue();
    assertThat(codes.matches(ID, code.substring(0, 3) + "-" + code.substring(3) + " ")).isTrue();
    assertThat(codes.matches(UUID.randomUUID().toString(), code)).isFalse();
    assertThat(codes.matches(ID, code.substring(1))).isFalse();
    assertThat(codes.matches(ID, "")).isFalse();
  }

  @Test
  void a_code_of_an_earlier_key_is_known_while_that_is_listed() {
    var code = codes.code(ID);
    assertThat(new ConfirmationCodes(Seals.of("new", "old")).matches(ID, code)).isTrue();
    assertThat(new ConfirmationCodes(Seals.of("new")).matches(ID, code)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'', PRODUCTION, true",
    "'', DEVELOPMENT, false",
    "true, DEVELOPMENT, true",
    "false, PRODUCTION, false"
  })
  void codes_are_asked_for_as_configured_and_else_in_production(
      String configured, OperatingMode mode, boolean isRequired) {
    assertThat(new ConfiguredRequirement(configured, mode).isRequired()).isEqualTo(isRequired);
  }

  @Test
  void settings_that_make_no_sense_stop_the_start() {
    assertThatThrownBy(() -> new ConfiguredRequirement("sometimes", OperatingMode.PRODUCTION))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("MESSAGING_CONFIRM_RECIPIENTS to true or false");
    assertThatThrownBy(() -> new ConfirmationSettings(-1, 5))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("per-business is -1");
  }
}
