package com.callback.messaging.platform.database;

import com.callback.messaging.platform.database.AnyOrder.What;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever happens to deliveries, and in whichever order: claims, crashes, outcomes that come late
 * or twice, repairs by hand, targets that are switched off, clocks that jump.
 */
class EveryDeliveryEndsTest {

  private static Doors doors;

  /** Something that happens, and what to choose by. */
  record Step(What what, int pick) {

    @Override
    public String toString() {
      return what + "(" + pick + ")";
    }
  }

  @BeforeContainer
  static void migrate() {
    doors = new Doors(TestDatabase.upToDate(), TestDatabase.LOGIN);
  }

  @AfterContainer
  static void close() {
    doors.close();
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void in_any_order_the_rules_hold_and_every_delivery_ends(@ForAll("steps") List<Step> steps) {
    var business = business(doors);
    try {
      var order = new AnyOrder(doors.admin, new Workers(doors), business);
      order.happens(What.ACCEPT, 0);
      steps.forEach(step -> order.happens(step.what(), step.pick()));
      order.comesToAnEnd();
    } finally {
      doors.admin.sql("delete from public.businesses where id = ?").param(business).update();
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    var what =
        Arbitraries.frequency(
            Tuple.of(3, What.ACCEPT),
            Tuple.of(8, What.CLAIM),
            Tuple.of(2, What.CLAIM_TOGETHER),
            Tuple.of(8, What.RECORD),
            Tuple.of(3, What.RECORD_LATE),
            Tuple.of(2, What.SWEEP_LOST),
            Tuple.of(2, What.STOP_WAITING),
            Tuple.of(2, What.FOLLOW_SWITCHES),
            Tuple.of(1, What.TAKE_OVER),
            Tuple.of(2, What.RETRY),
            Tuple.of(1, What.REPLAY),
            Tuple.of(1, What.CANCEL),
            Tuple.of(1, What.CANCEL_MANY),
            Tuple.of(2, What.DISABLE),
            Tuple.of(2, What.ENABLE),
            Tuple.of(1, What.DELETE),
            Tuple.of(3, What.SWITCH_CHANNEL),
            Tuple.of(1, What.CHANGE_STATUS),
            Tuple.of(5, What.CLOCK_ON),
            Tuple.of(1, What.CLOCK_BACK));
    return Combinators.combine(what, Arbitraries.integers().between(0, 99))
        .as(Step::new)
        .list()
        .ofMinSize(20)
        .ofMaxSize(50);
  }

  /** With three subscriptions, every event asked for, and a way to fall back from each channel. */
  static UUID business(Doors doors) {
    var business = UUID.randomUUID();
    doors.run(
        """
        insert into public.businesses (id, name) values ('%1$s', 'Business');
        insert into public.funnels (id, business_id, name) values ('%1$s', '%1$s', 'Funnel');
        insert into public.message_channels (business_id, channel_type, config)
          values ('%1$s', 'email', '{}'), ('%1$s', 'sms', '{}'), ('%1$s', 'webhook', '{}');
        insert into public.notification_preferences (business_id, sms_urgent_only) values ('%1$s', true);
        insert into messaging.webhook_subscriptions (business_id, url, event_types)
          values ('%1$s', 'https://example.com/a', '{message.created}'),
            ('%1$s', 'https://example.com/b', '{message.created,message.read,delivery.failed,message.unreached}'),
            ('%1$s', 'https://example.com/c', '{message.archived,delivery.failed}');
        insert into messaging.fallbacks (business_id, channel, position, fallback)
          values ('%1$s', 'email', 1, 'sms'), ('%1$s', 'sms', 1, 'email'), ('%1$s', 'webhook', 1, 'sms'),
            ('%1$s', 'webhook', 2, 'email');
        """
            .formatted(business));
    return business;
  }
}
