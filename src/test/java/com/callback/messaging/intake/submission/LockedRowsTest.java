package com.callback.messaging.intake.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.FarEnd;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A row that somebody has locked holds up its own business, and nobody else. */
@ServiceTest
class LockedRowsTest {

  private static final int OTHERS = 20;

  @Autowired Service service;

  private FarEnd receiver;
  private Business locked;
  private Business other;
  private Connection somebody;

  @BeforeEach
  void two_businesses_and_somebody_with_a_session_of_their_own() throws SQLException {
    receiver = new FarEnd();
    locked = service.business(receiver.url());
    other = service.business(receiver.url());
    somebody = service.login().getConnection();
    somebody.setAutoCommit(false);
  }

  @AfterEach
  void close() throws SQLException {
    somebody.rollback();
    somebody.close();
    receiver.close();
  }

  @Test
  void a_repeat_of_a_locked_lead_is_accepted_and_counted_later() throws Exception {
    var lead = lead(locked, "Ada");
    lock("select from public.messages where id = '%s' for update".formatted(lead));

    var answers = atOnce(repeated(10, () -> again("Ada")), others());

    assertThat(answers).containsOnly(202);
    assertThat(seenAgain(lead)).isZero();
    somebody.rollback();
    await().until(() -> seenAgain(lead) == 10);
    assertThat(
            service
                .database()
                .sql(
                    "select cast(data ->> 'times' as integer) from messaging.message_events where message_id = ? and type = 'message.seen_again' order by id")
                .param(lead)
                .query(Integer.class)
                .list())
        .containsExactlyElementsOf(IntStream.rangeClosed(2, 11).boxed().toList());
  }

  @Test
  void a_locked_funnel_refuses_its_own_leads_only() throws Exception {
    lock("select from public.funnels where id = '%s' for update".formatted(locked.funnel()));

    var answers = atOnce(repeated(5, () -> postTo(locked)), others());

    assertThat(answers.subList(0, 5)).containsOnly(503);
    assertThat(answers.subList(5, answers.size())).containsOnly(202);
  }

  @Test
  void a_locked_business_refuses_its_own_leads_only() throws Exception {
    lock("select from public.businesses where id = '%s' for update".formatted(locked.id()));

    var answers = atOnce(repeated(5, () -> postTo(locked)), others());

    assertThat(answers.subList(0, 5)).containsOnly(503);
    assertThat(answers.subList(5, answers.size())).containsOnly(202);
  }

  @Test
  void what_became_of_the_deliveries_of_a_locked_lead_is_recorded_at_once_and_shown_later()
      throws Exception {
    receiver.answers(200);
    receiver.hang();
    var lead = lead(locked, "Ada");
    await().until(() -> receiver.calls().size() == 1);
    lock("select from public.messages where id = '%s' for update".formatted(lead));
    receiver.letGo();

    await().until(() -> states(lead).equals("delivered sent sent"));
    var others = IntStream.range(0, 5).mapToObj(each -> lead(other, "Grace " + each)).toList();
    await().until(() -> others.stream().allMatch(each -> shown(each).equals("sent sent")));
    assertThat(updates(lead)).isLessThan(3);

    somebody.rollback();
    await().until(() -> updates(lead) == 3 && shown(lead).equals("sent sent"));
  }

  private long updates(UUID lead) {
    return events(lead).stream().filter("delivery.updated"::equals).count();
  }

  private void lock(String statement) throws SQLException {
    try (var rows = somebody.createStatement()) {
      rows.execute(statement);
    }
  }

  private UUID lead(Business business, String name) {
    if (business.equals(locked)) {
      assertThat(again(name)).isEqualTo(202);
      return service
          .database()
          .sql("select id from public.messages where business_id = ?")
          .param(locked.id())
          .query(UUID.class)
          .single();
    }
    return service.lead(business, Map.of("contactName", name, "contactPhone", "0491 570 006"));
  }

  /** The same request once more, without a key. */
  private int again(String name) {
    var body =
        "{\"funnelId\":\"%s\",\"contactName\":\"%s\",\"contactPhone\":\"0491 570 006\",\"message\":\"%2$s\"}"
            .formatted(locked.funnel(), name);
    return service
        .send(
            service
                .request("/api/messages", "application/json")
                .POST(BodyPublishers.ofString(body)))
        .statusCode();
  }

  private int postTo(Business business) {
    return service
        .post(
            Map.of(
                "funnelId",
                business.funnel(),
                "contactName",
                "Grace",
                "contactEmail",
                UUID.randomUUID() + "@example.com"))
        .statusCode();
  }

  private List<Callable<Integer>> others() {
    return repeated(OTHERS, () -> postTo(other));
  }

  private static List<Callable<Integer>> repeated(int times, Callable<Integer> call) {
    return IntStream.range(0, times).mapToObj(each -> call).toList();
  }

  private static List<Integer> atOnce(List<Callable<Integer>> first, List<Callable<Integer>> second)
      throws Exception {
    var all = new ArrayList<>(first);
    all.addAll(second);
    var threads = Executors.newFixedThreadPool(all.size());
    try {
      var answers = new ArrayList<Integer>();
      for (Future<Integer> answer : threads.invokeAll(all)) {
        answers.add(answer.get());
      }
      return answers;
    } finally {
      threads.shutdown();
    }
  }

  private long seenAgain(UUID lead) {
    return number("select coalesce(seen_again, 0) from public.messages where id = ?", lead);
  }

  private long number(String query, UUID lead) {
    return service.database().sql(query).param(lead).query(Long.class).single();
  }

  private String states(UUID lead) {
    return text(
        "select string_agg(state, ' ' order by state) from messaging.deliveries where message_id = ?",
        lead);
  }

  private String shown(UUID lead) {
    return text("select email_status || ' ' || sms_status from public.messages where id = ?", lead);
  }

  private List<String> events(UUID lead) {
    return service
        .database()
        .sql("select type from messaging.message_events where message_id = ?")
        .param(lead)
        .query(String.class)
        .list();
  }

  private String text(String query, UUID lead) {
    return service.database().sql(query).param(lead).query(String.class).single();
  }
}
