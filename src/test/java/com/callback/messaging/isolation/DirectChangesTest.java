package com.callback.messaging.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.support.PersonCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What members do to the tables beside the service, as through a project's own API. */
@ServiceTest
class DirectChangesTest {

  @Autowired Service service;
  @Autowired PersonCaller.Crowd crowd;

  private Service.Business business;
  private PersonCaller agent;
  private UUID lead;

  @BeforeEach
  void a_lead_and_an_agent() {
    business = service.business();
    agent = crowd.member(business, "agent");
    lead = service.lead(business, Map.of("contactName", "Ada", "contactPhone", "0412345678"));
  }

  @Test
  void a_direct_change_of_a_lead_stands_in_the_trail_by_its_fields() throws SQLException {
    as(agent, "update public.messages set priority = 'high' where id = '" + lead + "'");
    var noted =
        service
            .database()
            .sql(
                "select actor_id, actor, subject, details::text from messaging.audit_entries where business_id = ? and action = 'directChange'")
            .param(business.id())
            .query()
            .singleRow();
    assertThat(noted.get("actor_id")).isEqualTo(agent.id());
    assertThat(noted.get("subject")).isEqualTo(lead.toString());
    assertThat(service.json((String) noted.get("details")))
        .isEqualTo(
            service.json(
                "{\"table\":\"messages\",\"operation\":\"update\",\"fields\":[\"priority\",\"revision\"]}"));
  }

  @Test
  void a_change_by_the_service_is_noted_once_and_by_its_operation() {
    var seen = agent.call("GET", "/api/messages/" + lead, null).headers().firstValue("ETag");
    var changed =
        agent.call(
            "PATCH",
            "/api/messages/" + lead,
            Map.of("priority", "high"),
            "If-Match",
            seen.orElseThrow());
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
    assertThat(
            service
                .database()
                .sql(
                    "select count(*) from messaging.audit_entries where business_id = ? and action = 'directChange'")
                .param(business.id())
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void nobody_acknowledges_in_a_colleague_s_name() throws SQLException {
    var colleague = crowd.member(business, "agent");
    assertThatThrownBy(() -> as(agent, acknowledged(colleague)))
        .hasMessageContaining("in your own name");
    as(agent, acknowledged(agent));
  }

  @Test
  void a_member_who_acknowledges_a_lead_directly_is_assigned_it() throws SQLException {
    as(agent, "update public.messages set status = 'acknowledged' where id = '" + lead + "'");

    assertThat(shown().path("acknowledgedBy").asText()).isEqualTo(agent.id().toString());
    assertThat(shown().path("assignedTo").asText()).isEqualTo(agent.id().toString());
  }

  @Test
  void a_lead_that_is_acknowledged_directly_stays_with_its_assignee() throws SQLException {
    var colleague = crowd.member(business, "agent");
    as(
        agent,
        "update public.messages set assigned_to = '%s' where id = '%s'"
            .formatted(colleague.id(), lead));
    as(agent, "update public.messages set status = 'acknowledged' where id = '" + lead + "'");

    assertThat(shown().path("assignedTo").asText()).isEqualTo(colleague.id().toString());
  }

  @Test
  void a_lead_that_the_platform_acknowledges_in_a_member_s_name_is_assigned_to_that_member() {
    service
        .database()
        .sql(
            "update public.messages set status = 'acknowledged', acknowledged_by_member = ? where id = ?")
        .params(agent.id(), lead)
        .update();

    assertThat(shown().path("assignedTo").asText()).isEqualTo(agent.id().toString());
  }

  @Test
  void what_a_platform_keeps_about_a_channel_is_read_by_owners_only() throws SQLException {
    assertThat(channelsSeenBy(crowd.member(business, "viewer"))).isZero();
    assertThat(channelsSeenBy(agent)).isZero();
    assertThat(channelsSeenBy(crowd.member(business, "owner"))).isEqualTo(3);
    assertThat(agent.ask(200, "GET", "/api/channels", null).path("channels")).hasSize(3);
  }

  private String acknowledged(PersonCaller by) {
    return "update public.messages set status = 'acknowledged', acknowledged_by_member = '%s' where id = '%s'"
        .formatted(by.id(), lead);
  }

  private JsonNode shown() {
    return agent.ask(200, "GET", "/api/messages/" + lead, null);
  }

  private long channelsSeenBy(PersonCaller person) throws SQLException {
    return as(
        person,
        "select 1 from public.message_channels where business_id = '" + business.id() + "'");
  }

  /** Runs a statement as the project's own API would; gives how many rows it met. */
  private long as(PersonCaller person, String sql) throws SQLException {
    try (var connection = service.login().getConnection();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      try {
        statement.execute("set local role authenticated");
        statement.execute(
            "select set_config('request.jwt.claims', '{\"sub\":\"%s\",\"role\":\"authenticated\"}', true)"
                .formatted(person.id()));
        long rows = 0;
        if (statement.execute(sql)) {
          while (statement.getResultSet().next()) {
            rows++;
          }
        } else {
          rows = statement.getUpdateCount();
        }
        connection.commit();
        return rows;
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      }
    }
  }
}
