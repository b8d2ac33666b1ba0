package com.callback.messaging.inbox.lead;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.intake.submission.PublishedContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The table of what may be done to a lead. */
class StatusTransitionsTest {

  private static final Set<String> STATUSES =
      Set.of("unread", "read", "acknowledged", "responded", "archived");

  @Example
  void there_is_a_move_for_each_that_the_contract_knows() {
    var known = new ArrayList<String>();
    PublishedContract.at("/components/schemas/CallOutcome/properties/outcome/enum")
        .forEach(outcome -> known.add(outcome.asText()));
    known.addAll(List.of("read", "unread", "acknowledge", "respond", "archive", "unarchive"));

    assertThat(StatusTransitions.names()).containsExactlyInAnyOrderElementsOf(known);
  }

  @Property(tries = 1000)
  void whatever_is_done_a_lead_stands_where_leads_stand(@ForAll("moves") List<String> moves) {
    var status = "unread";
    var before = "unread";
    for (var move : moves) {
      var to = StatusTransitions.of(move).get(status);
      if (to == null) {
        continue;
      }
      var next = to.equals(StatusTransitions.BEFORE) ? before : to;
      assertThat(STATUSES).contains(next);
      assertThat(isTaken(status) && isWaiting(next))
          .as("%s of what is %s", move, status)
          .isEqualTo(isTaken(status) && move.equals("no_answer"));
      if (status.equals("archived") && !next.equals("archived")) {
        assertThat(move).isEqualTo("unarchive");
      }
      if (next.equals("archived") && !status.equals("archived")) {
        before = status;
      }
      status = next;
    }
  }

  @Property
  void a_move_made_twice_is_made_once(
      @ForAll("move") String move, @ForAll("status") String status) {
    var to = StatusTransitions.of(move).get(status);
    if (to != null && !to.equals(StatusTransitions.BEFORE)) {
      assertThat(StatusTransitions.of(move)).containsEntry(to, to);
    }
  }

  @Provide
  Arbitrary<List<String>> moves() {
    return move().list().ofMaxSize(40);
  }

  @Provide
  Arbitrary<String> move() {
    return Arbitraries.of(StatusTransitions.names());
  }

  @Provide
  Arbitrary<String> status() {
    return Arbitraries.of(STATUSES);
  }

  private static boolean isTaken(String status) {
    return status.equals("acknowledged") || status.equals("responded");
  }

  private static boolean isWaiting(String status) {
    return status.equals("unread") || status.equals("read");
  }
}
