package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator allows a business by SMS is set by a key of the operator, in SQL as well. */
class SmsLimitsOfOperatorTest {

  private static Doors doors;

  private UUID business;
  private UUID owner;
  private UUID operatorsKey;

  @BeforeAll
  static void migrate() {
    doors = new Doors(TestDatabase.upToDate(), TestDatabase.LOGIN);
  }

  @AfterAll
  static void close() {
    doors.close();
  }

  @BeforeEach
  void a_business_with_an_owner_and_a_key_of_the_operator() {
    business = UUID.randomUUID();
    owner = UUID.randomUUID();
    doors.run(
        """
        insert into public.businesses (id, name) values ('%1$s', 'Test');
        insert into messaging.business_members (business_id, user_id, role, created_at) values ('%1$s', '%2$s', 'owner', now());
        """
            .formatted(business, owner));
    operatorsKey = key("limits:write");
  }

  @Test
  void a_key_of_the_operator_sets_the_limits() throws SQLException {
    assertThat(limit(keyClaims(), operatorsKey)).isEqualTo("t");
  }

  @ParameterizedTest
  @CsvSource({"owner", "agent", "viewer"})
  void a_member_who_names_the_key_of_the_operator_sets_nothing(String role) {
    doors.run(
        "update messaging.business_members set role = '%s' where user_id = '%s'"
            .formatted(role, owner));
    assertRefused(
        "{\"sub\":\"%s\",\"role\":\"authenticated\",\"business\":\"%s\"}"
            .formatted(owner, business),
        operatorsKey);
  }

  @Test
  void the_person_whose_id_the_business_bears_sets_nothing() {
    assertRefused(Doors.claims(business), operatorsKey);
  }

  @Test
  void a_key_of_another_kind_or_business_or_one_that_was_revoked_sets_nothing() {
    assertRefused(keyClaims(), key("messages:write"));
    doors.run(
        "update messaging.api_keys set revoked_at = now() where id = '%s'".formatted(operatorsKey));
    assertRefused(keyClaims(), operatorsKey);
    var first = business;
    a_business_with_an_owner_and_a_key_of_the_operator();
    var other = operatorsKey;
    business = first;
    assertRefused(keyClaims(), other);
  }

  @Test
  void nobody_writes_the_limits_without_the_function() {
    assertThatThrownBy(
            () ->
                doors.asCaller(
                    keyClaims(),
                    "insert into messaging.sms_limits (business_id, per_day, updated_at) values ('%s', 9, now())"
                        .formatted(business)))
        .hasMessageContaining("permission denied");
  }

  private UUID key(String scope) {
    return doors
        .admin
        .sql(
            "insert into messaging.api_keys (business_id, name, prefix, hash, scopes) values (?, 'Key', ?, decode(md5(?), 'hex'), array[?]) returning id")
        .params(business, "p" + UUID.randomUUID(), UUID.randomUUID().toString(), scope)
        .query(UUID.class)
        .single();
  }

  private String keyClaims() {
    return "{\"sub\":\"%s\",\"role\":\"authenticated\",\"role_in_app\":\"key\"}"
        .formatted(business);
  }

  private void assertRefused(String claims, UUID key) {
    assertThatThrownBy(() -> limit(claims, key)).hasMessageContaining("Only the operator");
  }

  private String limit(String claims, UUID key) throws SQLException {
    return doors
        .asCaller(
            claims,
            "select messaging.limit_sms('%s', '%s', '{\"perDay\": 9}', now())"
                .formatted(business, key))
        .get(0);
  }
}
