package com.callback.messaging.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;

/** While the database is away callers are told to come back, not that something is broken. */
@ServiceTest
class DatabaseAwayTest {

  @Autowired Service service;
  @Autowired MeterRegistry metrics;

  @Autowired
  @Qualifier("intake")
  HikariDataSource intake;

  @Autowired
  @Qualifier("lookup")
  HikariDataSource lookup;

  @Autowired
  @Qualifier("worker")
  HikariDataSource worker;

  @Autowired
  @Qualifier("upkeep")
  HikariDataSource upkeep;

  Business business;

  @BeforeEach
  void set_up() {
    business = service.businessWithoutChannels();
  }

  @Test
  void a_lead_is_told_to_come_back_when_no_connection_is_free() {
    comeBack(without(intake, this::json), Problem.MEDIA_TYPE);
    var page = without(intake, () -> form("ada%40example.com"));
    comeBack(page, "text/html;charset=UTF-8");
    assertThat(page.body()).contains("Nothing was stored", "value=\"ada@example.com\"");
    assertThat(json().statusCode()).isEqualTo(202);
  }

  @Test
  void a_lead_waits_while_the_database_answers_and_every_connection_is_busy() {
    var refusals = refusals("intake");
    var lead =
        without(
            intake,
            () -> {
              var answer = CompletableFuture.supplyAsync(this::json);
              // The pool has said once that none is free.
              await().until(() -> refusals("intake") > refusals);
              return answer;
            });

    assertThat(lead.join().statusCode()).isEqualTo(202);
  }

  @Test
  void a_form_is_shown_late_while_the_database_answers_and_every_connection_is_busy() {
    var refusals = refusals("lookup");
    var page =
        without(
            lookup,
            () -> {
              var answer =
                  CompletableFuture.supplyAsync(() -> service.get("/f/" + business.slug()));
              await().until(() -> refusals("lookup") > refusals);
              return answer;
            });

    assertThat(page.join().statusCode()).isEqualTo(200);
  }

  @Test
  void a_lead_is_told_to_come_back_when_the_statement_takes_too_long() throws SQLException {
    try (var connection = service.login().getConnection()) {
      connection.setAutoCommit(false);
      connection.createStatement().execute("lock table public.messages in access exclusive mode");
      comeBack(json(), Problem.MEDIA_TYPE);
      connection.rollback();
    }
    assertThat(service.countLeads(business)).isZero();
  }

  @Test
  void connections_that_were_cut_are_never_a_fault_of_ours() {
    for (int i = 0; i < 5; i++) {
      service
          .database()
          .sql(
              """
              select count(pg_terminate_backend(pid)) from pg_stat_activity
              where application_name = 'callback-messaging intake'
              """)
          .query(Long.class)
          .single();
      assertThat(json().statusCode()).isIn(202, 503);
    }
  }

  @Test
  void a_page_is_told_as_a_page_when_no_connection_is_free() {
    var page = without(lookup, () -> service.get("/f/" + business.slug()));
    comeBack(page, "text/html;charset=UTF-8");
    assertThat(page.body()).contains("Temporarily unavailable");
  }

  @Test
  void a_refused_form_is_told_as_a_page_when_it_cannot_be_shown_again() {
    comeBack(without(lookup, () -> form("nonsense")), "text/html;charset=UTF-8");
  }

  @Test
  void a_page_is_shown_while_deliveries_and_upkeep_have_every_connection_of_theirs() {
    var page = without(worker, () -> without(upkeep, () -> service.get("/f/" + business.slug())));
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
  }

  private static void comeBack(HttpResponse<String> answer, String type) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(type);
  }

  private HttpResponse<String> json() {
    return service.post(
        Map.of("funnelId", business.funnel(), "contactName", "Ada", "contactPhone", "0412345678"));
  }

  private HttpResponse<String> form(String email) {
    return service.send(
        service
            .request("/api/messages", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    "funnelId=%s&contactName=Ada&contactEmail=%s"
                        .formatted(business.funnel(), email))));
  }

  private double refusals(String pool) {
    return metrics.get("hikaricp.connections.timeout").tag("pool", pool).counter().count();
  }

  private <T> T without(HikariDataSource pool, Supplier<T> act) {
    var taken = new ArrayList<Connection>();
    try {
      while (taken.size() < pool.getMaximumPoolSize()) {
        taken.add(pool.getConnection());
      }
      return act.get();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      for (var connection : taken) {
        giveBack(connection);
      }
    }
  }

  private static void giveBack(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
