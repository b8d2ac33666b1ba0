package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.MovableClock;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RequestRecorderTest {

  private final MovableClock clock = new MovableClock();
  private final ObjectMapper json = JsonMapper.builder().findAndAddModules().build();
  private final RequestRecorder recorder = new RequestRecorder(clock, new Reasons());

  @Test
  void a_call_is_noted_with_its_duration_and_answer() throws Exception {
    var noted = new ArrayList<RequestRecord>();
    var begun = recorder.begin();
    clock.advance(Duration.ofMillis(250));

    recorder.record(noted, begun, null, 200, "fine");

    var request = json.readTree(json.writeValueAsString(noted)).get(0);
    assertThat(request.path("outcome").asText()).isEqualTo("accepted");
    assertThat(request.path("durationMs").asInt()).isBetween(250, 5_000);
    assertThat(request.path("answer").asText()).isEqualTo("fine");
    assertThat(request.path("error").isNull()).isTrue();
  }

  @Test
  void a_failed_call_is_noted_with_what_the_far_end_said() throws Exception {
    var noted = new ArrayList<RequestRecord>();

    recorder.record(
        noted,
        recorder.begin(),
        new UnsuccessfulResponseException(422, FailureKind.PERMANENT, "no such field", null, null),
        422,
        "ignored");

    var request = json.readTree(json.writeValueAsString(noted)).get(0);
    assertThat(request.path("outcome").asText()).isEqualTo("permanent");
    assertThat(request.path("statusCode").asInt()).isEqualTo(422);
    assertThat(request.path("answer").asText()).isEqualTo("no such field");
    assertThat(request.path("error").asText()).isEqualTo("The remote server responded 422");
  }

  @Test
  void a_request_that_finds_its_receiver_gone_is_recorded_as_failed_for_good() {
    var noted = new ArrayList<RequestRecord>();

    recorder.record(
        noted,
        recorder.begin(),
        new UnsuccessfulResponseException(410, FailureKind.GONE, null, null, null),
        410,
        null);

    assertThat(noted.get(0).outcome()).isEqualTo("permanent");
  }

  @Property
  void whatever_the_answer_is_it_fits_and_can_be_stored(@ForAll String piece) throws Exception {
    var noted = new ArrayList<RequestRecord>();

    recorder.record(
        noted, recorder.begin(), null, 200, piece.repeat(20_001 / Math.max(1, piece.length()) + 1));

    var answer = json.readTree(json.writeValueAsString(noted)).get(0).path("answer").asText();
    assertThat(answer.getBytes(StandardCharsets.UTF_8).length)
        .isLessThanOrEqualTo(RequestRecorder.RESPONSE_LIMIT);
    assertThat(answer).doesNotContain("\u0000");
  }
}
