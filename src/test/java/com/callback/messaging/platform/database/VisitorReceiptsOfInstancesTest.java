package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Of two instances that look for receipts at the same time one adds them. */
class VisitorReceiptsOfInstancesTest {

  private static final int PER_DESTINATION = 3;

  private static Doors doors;

  private UUID funnel;

  @BeforeAll
  static void migrate() {
    doors = new Doors(TestDatabase.upToDate(), TestDatabase.LOGIN);
  }

  @AfterAll
  static void close() {
    doors.close();
  }

  @BeforeEach
  void a_funnel_that_sends_receipts() {
    doors.run("delete from public.businesses");
    funnel = UUID.randomUUID();
    doors.run(
        """
        insert into public.businesses (id, name) values ('%1$s', 'Test');
        insert into public.funnels (id, business_id, name) values ('%1$s', '%1$s', 'Test');
        insert into messaging.funnel_settings (funnel_id, slug, title, visitor_receipts) values ('%1$s', 'test', 'Test', '{sms}');
        """
            .formatted(funnel));
  }

  @Test
  void a_visitor_gets_one_receipt_however_many_instances_look() throws SQLException {
    lead("+61491570006");
    try (var connection = doors.worker.getConnection()) {
      connection.setAutoCommit(false);
      assertThat(add(new SingleConnectionDataSource(connection, true))).isEqualTo(1);
      assertThat(add(doors.upkeep)).as("while the other has not committed").isZero();
      connection.commit();
    }
    assertThat(add(doors.upkeep)).isZero();
    assertThat(receipts()).isEqualTo(1);
  }

  @Test
  void a_limit_of_a_destination_is_kept_while_two_instances_look() throws SQLException {
    lead("+61491570006");
    lead("+61491570006");
    try (var connection = doors.worker.getConnection()) {
      connection.setAutoCommit(false);
      add(new SingleConnectionDataSource(connection, true));
      lead("+61491570006");
      lead("+61491570006");
      add(doors.upkeep);
      connection.commit();
    }
    add(doors.upkeep);
    assertThat(receipts()).isEqualTo(PER_DESTINATION);
  }

  @Test
  void an_instance_that_fails_leaves_the_receipts_to_the_next_one() throws SQLException {
    lead("+61491570006");
    try (var connection = doors.worker.getConnection()) {
      connection.setAutoCommit(false);
      add(new SingleConnectionDataSource(connection, true));
      connection.rollback();
    }
    assertThat(add(doors.upkeep)).isEqualTo(1);
  }

  private void lead(String phone) {
    doors.run(
        """
        insert into public.messages (id, funnel_id, business_id, type, contact_name, contact_phone_e164, created_at, updated_at)
        values (gen_random_uuid(), '%1$s', '%1$s', 'callback_request', 'Ada', '%2$s', '%3$s', '%3$s')
        """
            .formatted(funnel, phone, Doors.NOW));
  }

  private static long add(DataSource instance) {
    return (Long)
        StatementFile.of("add-visitor-receipts")
            .run(
                instance,
                Map.of(
                    "bean:now?method=moment",
                    Doors.NOW.toString(),
                    "bean:visitorReceipts?method=perDestination",
                    String.valueOf(PER_DESTINATION),
                    "bean:visitorReceipts?method=perDay",
                    "200"))
            .get(0)
            .get("added");
  }

  private int receipts() {
    return doors
        .admin
        .sql(
            "select count(*) from messaging.deliveries where cause = 'receipt' and business_id = ?")
        .param(funnel)
        .query(Integer.class)
        .single();
  }
}
