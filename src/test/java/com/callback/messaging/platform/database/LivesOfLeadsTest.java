package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.inbox.lead.StatusTransitions;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Whatever is done to a lead, in whichever order: it stands where the rules say, as they are told
 * here once more in other words; every change has its event, and makes the revision one more.
 */
class LivesOfLeadsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> CALLS =
      Set.of("reached", "booked", "not_interested", "voicemail", "wrong_number", "no_answer");
  private static final String CALL_AGAIN_AT = Doors.NOW.plusSeconds(7200).toString();

  private static Doors doors;

  @BeforeContainer
  static void migrate() {
    doors = new Doors(TestDatabase.upToDate(), TestDatabase.LOGIN);
  }

  @AfterContainer
  static void close() {
    doors.close();
  }

  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
  void in_any_order_the_rules_hold_and_every_change_is_told_once(
      @ForAll("actions") List<String> actions) throws SQLException {
    var business = EveryDeliveryEndsTest.business(doors);
    try {
      var id = doors.accept(business);
      var model = new Model();
      for (var action : actions) {
        var changed = change(business, id, action);
        assertThat(changed).as("%s after %s", action, model.done).isEqualTo(model.happens(action));
        model.matches(
            doors
                .admin
                .sql(
                    """
                    select m.*, (select count(*) from messaging.message_events e where e.message_id = m.id
                      and e.type not like 'delivery.%' and e.type <> 'message.created') as events
                    from public.messages m where m.id = ?
                    """)
                .param(id)
                .query()
                .singleRow());
      }
    } finally {
      doors.admin.sql("delete from public.businesses where id = ?").param(business).update();
    }
  }

  @Example
  void a_platform_s_lead_without_a_status_or_a_priority_lives_too() throws SQLException {
    var business = EveryDeliveryEndsTest.business(doors);
    var id = doors.accept(business);
    doors.run(
        """
        alter table public.messages alter status drop not null, alter priority drop not null;
        set session_replication_role = replica;
        update public.messages set status = null, priority = null where id = '%s'
        """
            .formatted(id));
    assertThat(change(business, id, "low")).isTrue();
    assertThat(change(business, id, "acknowledge")).isTrue();
    assertThat(
            doors
                .admin
                .sql("select status || ' ' || priority from public.messages where id = ?")
                .param(id)
                .query(String.class)
                .single())
        .isEqualTo("acknowledged low");
  }

  @Provide
  Arbitrary<List<String>> actions() {
    var others = List.of("low", "urgent", "assign", "release", "tag", "tag-other");
    return Arbitraries.oneOf(Arbitraries.of(StatusTransitions.names()), Arbitraries.of(others))
        .list()
        .ofMinSize(5)
        .ofMaxSize(30);
  }

  /** What the rules make of a lead. */
  private static final class Model {

    private final StringBuilder done = new StringBuilder();
    private String status = "unread";
    private boolean isRead;
    private boolean isTaken;
    private boolean isAnswered;
    private String priority = "medium";
    private String tags = "{}";
    private boolean isAssigned;
    private String outcome;
    private String again;
    private int revision = 1;
    private int events;

    /** Whether it was done. */
    boolean happens(String action) {
      done.append(' ').append(action);
      var before = state();
      var eventsBefore = events;
      if (StatusTransitions.names().contains(action)) {
        if (status.equals("archived")) {
          comesOut(action);
        } else {
          moves(action);
        }
      } else {
        isGiven(action);
      }
      revision += before.equals(state()) ? 0 : 1;
      return events > eventsBefore;
    }

    private void comesOut(String action) {
      if (action.equals("unarchive")) {
        stands(isAnswered ? "responded" : isTaken ? "acknowledged" : isRead ? "read" : "unread");
      }
    }

    private void moves(String action) {
      switch (action) {
        case "read" -> stands(isTaken ? status : "read");
        case "unread" -> stands(isTaken ? status : "unread");
        case "acknowledge", "voicemail", "wrong_number" ->
            stands(isTaken ? status : "acknowledged");
        case "respond", "reached", "booked", "not_interested" -> stands("responded");
        case "no_answer" -> stands("read");
        case "archive" -> stands("archived");
        default -> {}
      }
      if (CALLS.contains(action)) {
        events++;
        outcome = action;
        again = action.equals("no_answer") ? CALL_AGAIN_AT : null;
      }
    }

    private void stands(String next) {
      if (next.equals(status)) {
        return;
      }
      events++;
      status = next;
      if (!next.equals("archived")) {
        isRead = !next.equals("unread");
        isAssigned |= !isTaken && !next.equals("unread") && !next.equals("read");
        isTaken = next.equals("acknowledged") || next.equals("responded");
        isAnswered = next.equals("responded");
      }
    }

    private void isGiven(String action) {
      var before = state();
      switch (action) {
        case "low", "urgent" -> priority = action;
        case "assign" -> isAssigned = true;
        case "release" -> isAssigned = false;
        case "tag" -> tags = "{one,two}";
        default -> tags = "{three}";
      }
      events += before.equals(state()) ? 0 : 1;
    }

    private String state() {
      return String.join(
          " ", status, priority, tags, String.valueOf(isAssigned), outcome, String.valueOf(again));
    }

    void matches(Map<String, Object> row) {
      assertThat(row.get("status")).as("status after%s", done).isEqualTo(status);
      assertThat(row.get("revision")).as("revision after%s", done).isEqualTo(revision);
      assertThat(row.get("events")).as("events after%s", done).isEqualTo((long) events);
      assertThat(row.get("priority")).isEqualTo(priority);
      assertThat(row.get("tags").toString().replace("\"", "")).isEqualTo(tags);
      assertThat(row.get("assigned_to") != null).isEqualTo(isAssigned);
      assertThat(row.get("call_outcome")).isEqualTo(outcome);
      assertThat(row.get("read_at") != null).as("read after%s", done).isEqualTo(isRead);
      assertThat(row.get("acknowledged_at") != null).as("taken after%s", done).isEqualTo(isTaken);
      assertThat(row.get("acknowledged_by") != null).as("by after%s", done).isEqualTo(isTaken);
      assertThat(row.get("responded_at") != null).as("answer after%s", done).isEqualTo(isAnswered);
      assertThat(row.get("archived_at") != null).isEqualTo(status.equals("archived"));
    }
  }

  private static ObjectNode asked(UUID business, String action) {
    var change = JSON.createObjectNode();
    switch (action) {
      case "low", "urgent" -> change.put("priority", action);
      case "assign" -> change.put("assigns", true).put("assignee", business.toString());
      case "release" -> change.put("assigns", true).putNull("assignee");
      case "tag" ->
          change.put("tagging", "set").putArray("tags").add("Two").add(" one ").add("two");
      case "tag-other" -> change.put("tagging", "set").putArray("tags").add("three");
      default -> {
        change.put("move", action).put("member", business.toString());
        change.set("moves", JSON.valueToTree(StatusTransitions.of(action)));
        if (CALLS.contains(action)) {
          change.put("outcome", action);
        }
        if (action.equals("no_answer")) {
          change.put("call_again_at", CALL_AGAIN_AT);
        }
        if (action.equals("unarchive")) {
          change.put("event", "message.unarchived");
        }
      }
    }
    return change;
  }

  /** Whether the lead was changed, or called at least. */
  private static boolean change(UUID business, UUID id, String action) throws SQLException {
    var values = new HashMap<String, Object>();
    values.put("variable.caller.businessId", business.toString());
    values.put("variable.caller.id", business.toString());
    values.put("variable.caller.name", "Ada");
    values.put("variable.ids", "[\"" + id + "\"]");
    values.put("variable.change.json", asked(business, action).toString());
    values.put("bean:now?method=moment", Doors.NOW.toString());
    try (var connection = doors.api.getConnection()) {
      connection.setAutoCommit(false);
      Doors.ask(connection, "select set_config('role', 'authenticated', true)");
      Doors.ask(
          connection,
          "select set_config('request.jwt.claims', '" + Doors.claims(business) + "', true)");
      var one = new SingleConnectionDataSource(connection, true);
      StatementFile.of("lock-leads").run(one, values);
      var row = StatementFile.of("change-leads").run(one, values).get(0);
      connection.commit();
      return ((Number) row.get("changed")).intValue() == 1;
    }
  }
}
