package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Deliveries that are stored under a lease of the instance that stores their lead. */
class StoredUnderALeaseTest extends PlayedProviders {

  @Autowired ProducerTemplate routes;
  @Autowired Instance instance;
  @Autowired Admission admission;

  @Test
  void a_delivery_that_finds_room_is_sent_without_a_claim() {
    var business = business("webhook");
    receiver.hang();
    await().until(() -> !admission.moreWaits("webhook"));

    var delivery = delivery(service.lead(business, ADA), "webhook");

    await().until(() -> receiver.calls().size() == 1);
    assertThat(state(delivery)).isEqualTo("sending");
    assertThat(column(delivery, "leased_by")).isEqualTo(instance.name());
    assertThat(attempts(delivery)).isEqualTo(1);
    assertThat(column(delivery, "updated_at"))
        .as("not changed since it was stored")
        .isEqualTo(column(delivery, "created_at"));
    receiver.letGo();
    becomes(delivery, "delivered");
  }

  @Test
  void a_delivery_for_which_its_host_has_no_room_is_handed_back_and_sent_once_there_is() {
    var business = business("webhook");
    receiver.hang();

    var deliveries =
        Stream.of("006", "110", "156", "157", "158")
            .map(number -> delivery(service.lead(business, ada(number)), "webhook"))
            .toList();

    await().until(() -> receiver.calls().size() == 3);
    await()
        .untilAsserted(
            () ->
                assertThat(deliveries.stream().filter(each -> state(each).equals("pending")))
                    .hasSize(2)
                    .allSatisfy(each -> assertThat(attempts(each)).isZero()));
    receiver.letGo();
    deliveries.forEach(each -> becomes(each, "delivered"));
    assertThat(deliveries).allSatisfy(each -> assertThat(attempts(each)).isEqualTo(1));
    assertThat(receiver.calls()).as("each was sent once").hasSize(5);
  }

  @Test
  void an_sms_of_which_nobody_knows_whether_it_was_stored_is_sent_and_not_called_unknown() {
    var business = business("sms");
    var lead = service.lead(business, ADA);
    var delivery = delivery(lead, "sms");
    becomes(delivery, "sent");
    var before = FIRST.calls().size();
    lease(delivery, instance.name());

    routes.sendBody("seda:hand-back?size=10000", leads(lead));

    await().until(() -> FIRST.calls().size() == before + 1);
    becomes(delivery, "sent");
    assertThat(attempts(delivery)).isEqualTo(1);
  }

  @Test
  void what_another_instance_sends_is_left_to_it() {
    var business = business("sms");
    var lead = service.lead(business, ADA);
    var other = service.lead(business, ada("156"));
    var delivery = delivery(lead, "sms");
    becomes(delivery, "sent");
    becomes(delivery(other, "sms"), "sent");
    lease(delivery, "another");
    lease(delivery(other, "sms"), instance.name());

    routes.sendBody("seda:hand-back?size=10000", leads(lead, other));

    becomes(delivery(other, "sms"), "sent");
    assertThat(state(delivery)).isEqualTo("sending");
    assertThat(column(delivery, "leased_by")).isEqualTo("another");
    end(delivery);
  }

  /** The same person with another number is another lead. */
  private static Map<String, Object> ada(String number) {
    return Map.of("contactName", "Ada", "contactPhone", "+61 491 570 " + number);
  }

  private static Map<String, Object> leads(UUID... leads) {
    return Map.of(
        "ids",
        new String[0],
        "leads",
        List.of(leads).stream().map(UUID::toString).toArray(String[]::new));
  }

  private void end(UUID delivery) {
    service
        .database()
        .sql(
            "update messaging.deliveries set state = 'sent', leased_by = null, lease_until = null where id = ?")
        .param(delivery)
        .update();
  }

  /** As if it had been stored just now, and nobody had heard of that. */
  private void lease(UUID delivery, String holder) {
    service
        .database()
        .sql(
            """
            update messaging.deliveries
            set state = 'sending', attempts = 1, leased_by = ?, lease_until = ?::timestamptz + interval '1 hour', ended_at = null,
              updated_at = created_at
            where id = ?
            """)
        .params(holder, clock.instant().toString(), delivery)
        .update();
  }
}
