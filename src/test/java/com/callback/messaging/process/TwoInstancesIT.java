package com.callback.messaging.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.FarEnd;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances at one database and one broker: whichever one asks, the answer is the same. */
class TwoInstancesIT {

  private static final int LEADS = 120;

  @TempDir static Path folder;

  @AutoClose private static InstalledParts parts;

  private static ServiceProcess one;
  private static ServiceProcess two;

  private String funnel;

  @BeforeAll
  static void start() throws IOException {
    parts = new InstalledParts();
    var settings = parts.settings();
    settings.put("DIGESTS_CHECK_CRON", "* * * * * ?");
    settings.put("DIGESTS_DAILY_AT", "00:00");
    one = parts.start(Files.createDirectory(folder.resolve("one")), settings);
    two = parts.start(Files.createDirectory(folder.resolve("two")), settings);
  }

  @BeforeEach
  void business() {
    funnel = parts.farEnds().business(parts.database());
  }

  @AfterEach
  void nothing_is_under_way() {
    await().atMost(Duration.ofSeconds(90)).until(() -> count("true") == ended());
    for (var instance : List.of(one, two)) {
      await().until(() -> instance.caller().health("broker").equals("UP"));
    }
    parts.farEnds().forget();
  }

  @Test
  void no_instance_counts_what_was_so_before_the_last_write() {
    var key = parts.postgres().key(funnel, "messages:read,messages:write");
    var callers = List.of(one.caller().as(key), two.caller().as(key));
    var lies = new ConcurrentLinkedQueue<String>();
    var isOver = new AtomicBoolean();
    var watchers = callers.stream().map(caller -> watch(caller, isOver, lies)).toList();

    for (int lead = 1; lead <= LEADS; lead++) {
      var writer = callers.get(lead % 2);
      assertThat(writer.ask(funnel, "Ada " + lead).statusCode()).isEqualTo(202);
      // What has been accepted is counted by both, from this moment on.
      for (var reader : callers) {
        assertThat(unread(reader)).as("after lead %d", lead).isEqualTo(lead);
      }
    }
    var ids = new ArrayList<String>();
    callers
        .get(0)
        .getJson("/api/messages?limit=200")
        .get("items")
        .forEach(item -> ids.add(item.get("id").asText()));
    for (int read = 0; read < 40; read++) {
      var answer = callers.get(read % 2).post("/api/messages/" + ids.get(read) + "/read", "{}");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      for (var reader : callers) {
        assertThat(unread(reader)).isEqualTo(LEADS - read - 1);
        assertThat(reader.getJson("/api/messages/counts").get("waiting").asInt()).isEqualTo(LEADS);
      }
    }
    isOver.set(true);
    watchers.forEach(CompletableFuture::join);
    assertThat(lies).isEmpty();
  }

  @Test
  void two_instances_on_one_database_do_nothing_twice() {
    aLeadOfYesterday();
    for (int lead = 1; lead <= 20; lead++) {
      var caller = (lead % 2 == 0 ? one : two).caller();
      assertThat(caller.ask(funnel, "Ada Number %02d".formatted(lead)).statusCode()).isEqualTo(202);
    }
    await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> count("state in ('sent', 'delivered')") >= 61 && count("true") == ended());
    assertThat(count("cause = 'digest' and period like 'daily:%'")).isEqualTo(1);
    assertThat(count("cause = 'lead'")).isEqualTo(60);
    assertThat(parts.farEnds().shortMessages()).hasSize(20);
    assertThat(parts.farEnds().webhooks()).hasSize(20);
    assertThat(ids(parts.farEnds().webhooks())).hasSize(20);
    assertThat(parts.farEnds().mails()).hasSize((int) count("channel = 'email'"));
    assertThat(parts.farEnds().mails().stream().map(FarEnds::id)).doesNotHaveDuplicates();
  }

  @Test
  void what_happens_at_one_instance_is_told_by_the_other_with_the_broker_and_without() {
    var authorization = "Authorization: Bearer " + parts.postgres().key(funnel, "messages:read");
    try {
      String last;
      try (var curl = Curl.follow(one.caller().address() + "/api/stream", authorization)) {
        two.caller().ask(funnel, "Ada");
        curl.awaitLeads("Ada");
        parts.broker().close();
        two.caller().ask(funnel, "Bob");
        curl.awaitLeads("Ada", "Bob");
        last = curl.lastId();
      }
      one.caller().ask(funnel, "Cleo");
      // A place is the same everywhere.
      try (var curl =
          Curl.follow(
              two.caller().address() + "/api/stream", authorization, "Last-Event-ID: " + last)) {
        curl.awaitLeads("Cleo");
      }
    } finally {
      parts.restartBroker();
    }
  }

  private void aLeadOfYesterday() {
    parts
        .database()
        .sql(
            """
            update public.message_channels set created_at = now() - interval '2 days'
            where business_id = (select business_id from public.funnels where id = ?::uuid)
            """)
        .param(funnel)
        .update();
    parts
        .database()
        .sql(
            """
            insert into public.messages (funnel_id, business_id, contact_name, created_at)
            select id, business_id, 'Ada Yesterday', now() - interval '1 day'
            from public.funnels where id = ?::uuid
            """)
        .param(funnel)
        .update();
  }

  /** Deliveries of the test's business. */
  private long count(String which) {
    return parts
        .database()
        .sql(
            """
            select count(*) from messaging.deliveries
            where business_id = (select business_id from public.funnels where id = ?::uuid) and
            """
                + which)
        .param(funnel)
        .query(Long.class)
        .single();
  }

  private long ended() {
    return count("state in ('sent', 'delivered', 'unknown', 'failed', 'cancelled')");
  }

  private static List<String> ids(List<FarEnd.Call> calls) {
    return new ArrayList<>(calls)
        .stream().map(call -> call.headers().get("webhook-id")).distinct().toList();
  }

  /** Asks all the time, so that both instances keep counts; between two of its looks they fit. */
  private static CompletableFuture<Void> watch(
      Caller caller, AtomicBoolean isOver, ConcurrentLinkedQueue<String> lies) {
    return CompletableFuture.runAsync(
        () -> {
          while (!isOver.get()) {
            JsonNode counts = caller.getJson("/api/messages/unread-count");
            if (counts.get("unread").asInt() > counts.get("waiting").asInt()) {
              lies.add(counts.toString());
            }
          }
        });
  }

  private static int unread(Caller caller) {
    return caller.getJson("/api/messages/unread-count").get("unread").asInt();
  }
}
