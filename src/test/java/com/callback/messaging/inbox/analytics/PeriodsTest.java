package com.callback.messaging.inbox.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.platform.http.RequestRefusedException;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Days are asked for by those who live them. */
class PeriodsTest {

  private static final String TODAY = "2024-03-01";

  private final Periods periods = new Periods();

  @Test
  void thirty_days_up_to_today_where_nothing_is_said() {
    assertThat(asked(null, null)).isEqualTo(new Period("2024-02-01", "2024-03-01"));
  }

  @Test
  void thirty_days_up_to_the_last_that_is_named() {
    assertThat(asked(null, "2023-01-30")).isEqualTo(new Period("2023-01-01", "2023-01-30"));
  }

  @Test
  void up_to_today_from_the_first_that_is_named() {
    assertThat(asked("2024-02-29", null)).isEqualTo(new Period("2024-02-29", "2024-03-01"));
  }

  @Test
  void four_hundred_days_and_no_more() {
    assertThat(asked("2023-01-27", TODAY)).isEqualTo(new Period("2023-01-27", TODAY));
    assertThatThrownBy(() -> asked("2023-01-26", TODAY))
        .isInstanceOfSatisfying(
            RequestRefusedException.class,
            refusal ->
                assertThat(refusal.problem().errors())
                    .singleElement()
                    .satisfies(error -> assertThat(error.detail()).contains("2023-01-27")));
  }

  @ParameterizedTest
  @CsvSource({
    "2024-03-02, 2024-03-01",
    "2024-03-02,",
    "0001-01-01, 0001-01-02",
    "9999-12-30, 9999-12-31"
  })
  void what_is_in_no_order_or_in_no_calendar_of_a_business_is_refused(String from, String to) {
    assertThatThrownBy(() -> asked(from, to))
        .isInstanceOfSatisfying(
            RequestRefusedException.class,
            refusal -> assertThat(refusal.problem().status()).isEqualTo(400));
  }

  private Period asked(String from, String to) {
    var values = new LinkedHashMap<String, Object>();
    values.put("from", from);
    values.put("to", to);
    return periods.requested(new OperationRequest("getFigures", values, null), TODAY);
  }
}
