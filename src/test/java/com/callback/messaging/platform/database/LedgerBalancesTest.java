package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever happens to leads, deliveries and their targets, and in whichever order: the ledger
 * balances.
 */
class LedgerBalancesTest {

  private static Doors doors;

  /** Each takes a business and something to choose by. */
  private static final List<String> MOVES =
      List.of(
          state("sending", "leased_by = 'a', lease_until = now(), attempts = attempts + 1"),
          state("sent", "attempts = attempts + 1"),
          state("unknown", "outcome_unknown = true, receipt_due_at = now()"),
          state("delivered", "outcome_unknown = false, receipt_due_at = null"),
          state("failed", "last_error = 'no'"),
          state("held", "held_reason = 'quiet hours'"),
          state("cancelled", "ended_at = now()"),
          state("pending", "attempts_before = attempts"),
          "update messaging.deliveries set receipt_due_at = null where business_id = :business",
          "update messaging.webhook_subscriptions set disabled_at = now(), disabled_reason = 'gone' where business_id = :business and disabled_at is null",
          "update messaging.webhook_subscriptions set disabled_at = null where business_id = :business",
          "update public.message_channels set is_enabled = not is_enabled where business_id = :business and channel_type = (array['email', 'sms', 'webhook'])[1 + :pick % 3]",
          "update public.messages set status = (array['read', 'acknowledged', 'responded', 'archived'])[1 + :pick % 4] where business_id = :business",
          "delete from messaging.webhook_subscriptions where business_id = :business and url like '%/b'",
          "delete from public.messages where id = (select id from public.messages where business_id = :business order by id limit 1)");

  @BeforeContainer
  static void migrate() {
    doors = new Doors(TestDatabase.upToDate(), TestDatabase.LOGIN);
  }

  @AfterContainer
  static void close() {
    doors.close();
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void it_balances_after_any_moves(@ForAll("moves") List<Tuple2<Integer, Integer>> moves) {
    var business = business();
    try {
      doors.accept(business);
      moves.forEach(move -> happens(move, business));
      // The moves may have deleted every lead: one there is, so that a look has something to
      // compare.
      doors.accept(business);
      assertThat(look())
          .as("after %s", moves)
          .contains("\"findings\" : []")
          .doesNotContain("\"checked\" : 0,");
    } finally {
      // A look reads all leads that there are.
      doors.admin.sql("delete from public.businesses where id = ?").param(business).update();
    }
  }

  private static void happens(Tuple2<Integer, Integer> move, UUID business) {
    if (move.get1() == MOVES.size()) {
      doors.accept(business);
    } else {
      doors
          .admin
          .sql(MOVES.get(move.get1()))
          .params(Map.of("business", business, "pick", move.get2()))
          .update();
    }
  }

  @Provide
  Arbitrary<List<Tuple2<Integer, Integer>>> moves() {
    return Arbitraries.integers()
        .between(0, MOVES.size())
        .flatMap(move -> Arbitraries.integers().between(0, 99).map(pick -> Tuple.of(move, pick)))
        .list()
        .ofMinSize(1)
        .ofMaxSize(15);
  }

  private static String state(String state, String more) {
    return """
    update messaging.deliveries
    set updated_at = now(), leased_by = null, lease_until = null, held_reason = null, state = '%s', %s
    where id = (
      select id from messaging.deliveries where business_id = :business order by id
      offset :pick %% greatest((select count(*) from messaging.deliveries where business_id = :business), 1) limit 1)
    """
        .formatted(state, more)
        .replaceAll(
            "held_reason = null, (?=.*held_reason)|leased_by = null, lease_until = null, (?=.*leased_by)",
            "");
  }

  private static UUID business() {
    var business = UUID.randomUUID();
    doors.run(
        """
        insert into public.businesses (id, name) values ('%1$s', 'Business');
        insert into public.funnels (id, business_id, name) values ('%1$s', '%1$s', 'Funnel');
        insert into public.message_channels (business_id, channel_type, config)
          values ('%1$s', 'email', '{}'), ('%1$s', 'sms', '{}'), ('%1$s', 'webhook', '{"url":"https://example.com/a"}');
        update messaging.webhook_subscriptions
          set event_types = '{message.created,message.read,message.archived,delivery.failed,message.unreached}' where business_id = '%1$s';
        insert into messaging.webhook_subscriptions (business_id, url, event_types)
          values ('%1$s', 'https://example.com/b', '{message.created,message.responded,delivery.failed}');
        insert into public.notification_preferences (business_id, sms_urgent_only) values ('%1$s', true);
        insert into messaging.fallbacks (business_id, channel, position, fallback)
          values ('%1$s', 'email', 1, 'sms'), ('%1$s', 'webhook', 1, 'sms'), ('%1$s', 'webhook', 2, 'email');
        """
            .formatted(business));
    return business;
  }

  private static String look() {
    return StatementFile.of("check-ledger")
        .run(
            doors.worker,
            Map.of(
                "variable.slice",
                "2000",
                "bean:ledger?method=position",
                "0",
                "bean:ledger?method=known",
                "{}"))
        .get(0)
        .get("result")
        .toString();
  }
}
