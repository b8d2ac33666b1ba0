package com.callback.messaging.inbox.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.operation.caller.Caller;
import com.callback.messaging.operation.caller.CredentialKind;
import com.callback.messaging.operation.caller.Role;
import com.callback.messaging.support.MovableClock;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PresenceTest {

  private static final UUID LEAD = UUID.randomUUID();

  private final MovableClock clock = new MovableClock();
  private final ObjectMapper json = new ObjectMapper();
  private final Presence here = instance();
  private final Presence elsewhere = instance();
  private final UUID business = UUID.randomUUID();
  private final Caller kim = member(business, "kim");
  private final Caller sam = member(business, "sam");

  @Test
  void a_member_is_seen_by_the_others_on_every_instance_and_not_by_themselves()
      throws JsonProcessingException {
    announce(kim, LEAD, "viewing");
    announce(kim, LEAD, "writing");

    assertThat(here.others(at(LEAD, "viewing"), sam))
        .isEqualTo(elsewhere.others(at(LEAD, "viewing"), sam))
        .isEqualTo(
            "{\"others\":[{\"memberId\":\"%s\",\"name\":\"kim\",\"activity\":\"writing\"}]}"
                .formatted(kim.id()));
    assertThat(others(kim)).isEmpty();
  }

  @Test
  void an_announcement_ends_by_itself_and_at_once_when_the_member_leaves()
      throws JsonProcessingException {
    announce(kim, LEAD, "writing");
    clock.advance(Presence.HOLDS.minusSeconds(1));
    assertThat(others(sam)).hasSize(1);
    clock.advance(Duration.ofSeconds(1));
    assertThat(others(sam)).isEmpty();

    announce(kim, LEAD, "writing");
    announce(kim, LEAD, "away");
    assertThat(others(sam)).isEmpty();
  }

  @Test
  void another_business_and_another_lead_see_nothing_of_it() throws JsonProcessingException {
    announce(kim, LEAD, "viewing");

    assertThat(others(member(UUID.randomUUID(), "eve"))).isEmpty();
    assertThat(here.others(at(UUID.randomUUID(), "viewing"), sam)).isEqualTo("{\"others\":[]}");
  }

  @Test
  void the_memory_is_bounded() throws JsonProcessingException {
    announce(kim, LEAD, "viewing");
    for (var each = 0; each < Presence.MOST; each++) {
      here.arrived(here.announcement(at(UUID.randomUUID(), "viewing"), kim));
    }
    assertThat(others(sam)).as("the oldest is forgotten").isEmpty();
  }

  private void announce(Caller who, UUID lead, String activity) throws JsonProcessingException {
    var announcement = here.announcement(at(lead, activity), who);
    here.arrived(announcement);
    elsewhere.arrived(announcement);
  }

  private Iterable<?> others(Caller who) throws JsonProcessingException {
    return json.readTree(here.others(at(LEAD, "viewing"), who)).get("others");
  }

  private OperationRequest at(UUID lead, String activity) {
    return new OperationRequest(
        "announcePresence", Map.of("id", lead), "{\"activity\":\"%s\"}".formatted(activity));
  }

  private Presence instance() {
    return new Presence(new Subscribers(clock, new SimpleMeterRegistry(), 3), json, clock);
  }

  private static Caller member(UUID business, String name) {
    return new Caller(business, name, CredentialKind.SESSION, UUID.randomUUID(), Role.AGENT);
  }
}
