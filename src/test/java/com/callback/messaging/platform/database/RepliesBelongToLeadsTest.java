package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A caller may owe a lead of theirs a reply, and nobody anything else. */
class RepliesBelongToLeadsTest {

  private static final UUID OURS = UUID.randomUUID();
  private static final UUID THEIRS = UUID.randomUUID();

  private static Doors doors;
  private static UUID ourLead;
  private static UUID theirLead;

  @BeforeAll
  static void two_businesses_with_a_lead_each() {
    var database = TestDatabase.upToDate();
    doors = new Doors(database, TestDatabase.LOGIN);
    for (var business : new UUID[] {OURS, THEIRS}) {
      database.run(
          """
          insert into public.businesses (id, name) values ('%1$s', 'Business %1$s');
          insert into public.funnels (id, business_id, name) values ('%1$s', '%1$s', 'Funnel')
          """
              .formatted(business));
    }
    ourLead = doors.accept(OURS);
    theirLead = doors.accept(THEIRS);
  }

  @AfterAll
  static void close() {
    doors.close();
  }

  @Test
  void a_reply_to_a_lead_of_one_s_own_is_owed() throws SQLException {
    assertThat(owe(OURS, "reply", ourLead)).containsExactly("pending");
  }

  @Test
  void a_lead_of_others_and_no_lead_at_all_are_owed_nothing() {
    refused(OURS, "reply", theirLead);
    refused(THEIRS, "reply", ourLead);
    refused(THEIRS, "reply", theirLead);
    refused(OURS, "reply", null);
    refused(OURS, "lead", ourLead);
    refused(OURS, "account", null);
  }

  @Test
  void a_letterhead_is_one_s_own() throws SQLException {
    assertThat(doors.asCaller(Doors.claims(OURS), "select messaging.letterhead() ->> 'name'"))
        .containsExactly("Business " + OURS);
    assertThat(doors.asCaller(null, "select messaging.letterhead()::text")).containsOnlyNulls();
  }

  private static void refused(UUID business, String cause, UUID lead) {
    assertThatThrownBy(() -> owe(business, cause, lead))
        .as("%s %s %s", business, cause, lead)
        .hasMessageContaining("violates row-level security policy");
  }

  private static java.util.List<String> owe(UUID business, String cause, UUID lead)
      throws SQLException {
    return doors.asCaller(
        Doors.claims(OURS),
        "insert into messaging.deliveries (business_id, cause, message_id, channel, recipient, next_attempt_at, created_at, updated_at) values ('%s', '%s', %s, 'email', 'x@example.com', now(), now(), now()) returning state"
            .formatted(business, cause, lead == null ? "null" : "'" + lead + "'"));
  }
}
