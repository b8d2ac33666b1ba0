package com.callback.messaging.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Leads leave page by page: the service keeps none of them. */
class ExportIT {

  private static final int LEADS = 100_000;
  private static final Pattern KEY = Pattern.compile("cbk_[0-9a-f]{64}");
  private static final Pattern ID = Pattern.compile("^\\{\"id\" : \"([0-9a-f-]{36})\"");
  private static final Pattern HEAP =
      Pattern.compile("(?m)^jvm_memory_used_bytes\\{area=\"heap\".*} (\\S+)$");

  /** Bytes that a page and what is around it may take; all leads would take three times as many. */
  private static final long A_PAGE_AND_MORE = 32_000_000;

  @TempDir Path folder;

  @AfterEach
  void end() {
    new EmbeddedServer(folder).end();
  }

  @Test
  void a_hundred_thousand_leads_are_exported_in_the_memory_of_one_page() throws IOException {
    try (var service = ServiceProcess.start(folder)) {
      seed();
      var caller = service.caller().as(key(service));
      var before = kept(service);
      // Beside the reading: the service ends an answer that nobody reads for five seconds.
      var during = new ArrayList<CompletableFuture<Long>>();
      var begun = System.nanoTime();

      var ids = new HashSet<String>();
      var letters = 0L;
      try (var lines = read(caller.open("/api/messages/export?format=jsonl"))) {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
          var id = ID.matcher(line);
          assertThat(id.find()).as(line).isTrue();
          ids.add(id.group(1));
          letters += line.length();
          if (ids.size() % (LEADS / 3) == 0) {
            during.add(CompletableFuture.supplyAsync(() -> kept(service)));
          }
        }
      }

      var most = during.stream().mapToLong(CompletableFuture::join).max().orElseThrow();
      System.out.printf(
          "%,d leads of %,d MB left in %.1f s; the service kept %,d MB before and %,d MB meanwhile%n",
          ids.size(),
          letters / 1_000_000,
          (System.nanoTime() - begun) / 1e9,
          before / 1_000_000,
          most / 1_000_000);
      assertThat(ids).hasSize(LEADS);
      assertThat(most - before).isLessThan(A_PAGE_AND_MORE);
    }
  }

  /** Bytes of the heap that are in use once the garbage is out. */
  private static long kept(ServiceProcess service) {
    service.collectGarbage();
    return HEAP.matcher(service.caller().get("/actuator/prometheus").body())
        .results()
        .mapToLong(line -> (long) Double.parseDouble(line.group(1)))
        .sum();
  }

  /**
   * Leads and nothing that goes with them, nor what they would be searched by: it takes seconds.
   */
  private void seed() {
    new EmbeddedServer(folder)
        .database()
        .sql(
            """
            drop index public.messages_found_by;
            set session_replication_role = replica;
            insert into public.messages (funnel_id, business_id, contact_name, contact_phone, message, metadata, created_at)
            select f.id, f.business_id, 'Ada ' || n, '+61 491 570 006', repeat('After five, please. ', 20),
              '{"campaign": "spring"}', now() - n * interval '1 minute'
            from generate_series(1, %d) n cross join public.funnels f where f.id = '%s'
            """
                .formatted(LEADS, Caller.DEMO_FUNNEL))
        .update();
  }

  private static BufferedReader read(InputStream answer) {
    return new BufferedReader(new InputStreamReader(answer, StandardCharsets.UTF_8));
  }

  private static String key(ServiceProcess service) {
    var key = KEY.matcher(service.output());
    assertThat(key.find()).isTrue();
    return key.group();
  }
}
