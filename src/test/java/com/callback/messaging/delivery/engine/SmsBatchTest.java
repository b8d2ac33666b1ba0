package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.Service.Business;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.NotifyBuilder;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Short messages leave as a batch. Only a failure is an exchange, and meets the rules. */
class SmsBatchTest extends PlayedProviders {

  private static final String REFUSED =
      "{\"data\":{\"messages\":[],\"errors\":[{\"error_code\":\"INVALID_RECIPIENT\"}]}}";

  @Autowired Admission admission;
  @Autowired CamelContext camel;

  @Test
  void each_message_of_a_batch_fares_by_its_own_response() {
    var good = UUID.randomUUID();
    var refused = UUID.randomUUID();
    var tooMany = UUID.randomUUID();
    var brokenOff = UUID.randomUUID();
    FIRST
        .answersTo(refused.toString(), 200, Map.of(), REFUSED)
        .answersTo(tooMany.toString(), 429, Map.of("Retry-After", "1"), "")
        .answersTo(brokenOff.toString(), 0, Map.of(), "");
    var failures = new NotifyBuilder(camel).fromRoute("send-failed").whenDone(4).create();
    FIRST.hang();
    var before = FIRST.calls().size();

    due(business("sms"), brokenOff, tooMany, refused, good);

    await().until(() -> FIRST.calls().size() == before + 4);
    assertThat(admission.inFlight("sms")).as("all are under way at once").isEqualTo(4);
    FIRST.letGo();
    becomes(good, "sent");
    becomes(refused, "failed");
    becomes(brokenOff, "unknown");
    becomes(tooMany, "sent");

    assertThat(attempted(good)).containsExactly(tuple("touchsms", "accepted", 200));
    assertThat(column(good, "provider_ref")).isEqualTo("first");
    assertThat(attempted(refused)).containsExactly(tuple("touchsms", "permanent", null));
    assertThat(column(refused, "last_error")).asString().contains("INVALID_RECIPIENT");
    assertThat(attempted(brokenOff)).containsExactly(tuple("touchsms", "unknown", null));
    assertThat(attempted(tooMany))
        .containsExactly(tuple("touchsms", "temporary", 429), tuple("http", "accepted", 200));
    assertThat(column(tooMany, "provider_ref")).isEqualTo("second");
    assertThat(FIRST.calls()).as("nothing is sent twice").hasSize(before + 4);
    assertThat(failures.matches()).as("a success is no exchange").isFalse();
    await().until(() -> admission.inFlight("sms") == 0);
  }

  private List<org.assertj.core.groups.Tuple> attempted(UUID delivery) {
    return calls(delivery).stream()
        .map(call -> tuple(call.get("provider"), call.get("outcome"), call.get("status_code")))
        .toList();
  }

  /** Tests of the channel that become due together. */
  private void due(Business business, UUID... deliveries) {
    service
        .database()
        .sql(
            """
            insert into messaging.deliveries (id, business_id, cause, channel, target_id, recipient, next_attempt_at, payload, created_at, updated_at)
            select each::uuid, ?, 'test', 'sms', c.id, c.config ->> 'to', now.at, jsonb_build_object('by', 'kim@example.com', 'at', messaging.iso(now.at)), now.at, now.at
            from unnest(string_to_array(?, ',')) each, public.message_channels c, (select ?::timestamptz as at) now
            where c.business_id = ? and c.channel_type = 'sms'
            """)
        .params(
            business.id(),
            String.join(",", Stream.of(deliveries).map(UUID::toString).toList()),
            Timestamp.from(clock.instant()),
            business.id())
        .update();
  }
}
