package com.callback.messaging.inbox.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The data comes to a cluster whose transaction numbers are lower than those that it has seen, as
 * after a dump was restored: played by events that stand ahead, and by a start.
 */
@ServiceTest
class RestoreTest {

  /** So many transactions the cluster before had made more than this one. */
  private static final int AHEAD = 300;

  @Autowired Service service;

  private Business business;
  private String key;
  private String lastSeen;
  private String old;

  @BeforeEach
  void a_business_that_comes_from_another_cluster() throws IOException {
    business = service.businessWithoutChannels();
    key = service.key(business, "messages:read");
    old = lead("Ada");
    service
        .database()
        .sql(
            "update messaging.message_events set tx = (tx::text::bigint + ?)::text::xid8 where business_id = ?")
        .params(AHEAD, business.id())
        .update();
    lastSeen =
        service
            .database()
            .sql(
                "select max(tx)::text || '-' || max(id) from messaging.message_events where business_id = ?")
            .param(business.id())
            .query(String.class)
            .single();
    start();
  }

  @Test
  void a_stream_of_the_cluster_before_is_reset_and_told_what_is_new_only() {
    try (var stream = Stream.open(request().header("Last-Event-ID", lastSeen))) {
      stream.awaitNamed("reset", 1);
      burn(2 * AHEAD);
      var fresh = lead("Bob");
      stream.awaitNamed("message.created", 1);
      assertThat(stream.named("message.created"))
          .extracting(told -> service.json(told.data()).at("/message/id").asText())
          .containsExactly(fresh)
          .doesNotContain(old);
    }
  }

  @Test
  void events_keep_their_order_and_a_stream_goes_on_after_the_restore() {
    String last;
    try (var stream = Stream.open(request())) {
      last = stream.lastId();
    }
    var fresh = lead("Bob");
    var all = lead("Eve");
    try (var stream = Stream.open(request().header("Last-Event-ID", last))) {
      stream.awaitNamed("message.created", 2);
      assertThat(stream.named("reset")).isEmpty();
      assertThat(stream.named("message.created"))
          .extracting(told -> service.json(told.data()).at("/message/id").asText())
          .containsExactly(fresh, all);
    }
    try (var stream = Stream.open(request().header("Last-Event-ID", "0-0"))) {
      stream.awaitNamed("message.created", 3);
      assertThat(stream.named("message.created"))
          .extracting(told -> service.json(told.data()).at("/message/id").asText())
          .containsExactly(old, fresh, all);
    }
  }

  @Test
  void counts_are_kept_again() {
    assertThat(waiting()).isEqualTo(1);
    // Nobody is told of this one, so only a count that is made anew can know of it.
    service
        .database()
        .sql(
            "do $$ begin set local session_replication_role = replica; update public.messages set status = 'archived' where id = '%s'; end $$"
                .formatted(old))
        .update();
    assertThat(waiting()).isEqualTo(1);
    lead("Bob");
    assertThat(waiting()).isEqualTo(1);
    lead("Eve");
    assertThat(waiting()).isEqualTo(2);
  }

  @Test
  void a_start_on_the_same_cluster_begins_no_epoch() throws IOException {
    var begun = epoch();
    start();
    assertThat(epoch()).isEqualTo(begun).isPositive();
  }

  private void start() throws IOException {
    service
        .database()
        .sql(
            Files.readString(
                Path.of("src/main/resources/db/migration/afterMigrate__begin_an_epoch.sql")))
        .update();
  }

  private long epoch() {
    return service.database().sql("select messaging.epoch_start()").query(Long.class).single();
  }

  private void burn(int transactions) {
    service
        .database()
        .sql(
            "do $$ begin for i in 1..%d loop perform pg_current_xact_id(); commit; end loop; end $$"
                .formatted(transactions))
        .update();
  }

  private int waiting() {
    return service
        .json(service.call("GET", "/api/messages/unread-count", key, null).body())
        .get("waiting")
        .asInt();
  }

  private String lead(String name) {
    return service
        .lead(business, Map.of("contactName", name, "contactPhone", "+61 491 570 006"))
        .toString();
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(service.at("/api/stream"))
        .header("Authorization", "Bearer " + key);
  }
}
