package com.callback.messaging.inbox.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.intake.submission.Reference;
import com.callback.messaging.support.PersonCaller.Crowd;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Leads leave as a file. */
@ServiceTest
class ExportTest {

  private static final String EXPORT = "/api/messages/export";

  /** Leads of 2,600 bytes: 10 MB, where the system keeps 4 MB for a reader who does not read. */
  private static final int MORE_THAN_A_CONNECTION_HOLDS = 4_000;

  @Autowired Service service;
  @Autowired Crowd crowd;

  private Business business;
  private String key;

  @BeforeEach
  void a_business_and_its_key() {
    business = service.businessWithoutChannels();
    key = service.key(business, "messages:export", "messages:read");
  }

  @Test
  void the_lines_are_the_leads_of_the_list_in_its_order() {
    seed(2_345, 10);
    var lines = export("?format=jsonl").lines().map(service::json).toList();
    assertThat(lines).hasSize(2_345);
    assertThat(lines).extracting(lead -> lead.get("id").asText()).doesNotHaveDuplicates();
    assertThat(lines.subList(0, 200)).isEqualTo(listed("?limit=200"));
  }

  @Test
  void the_table_has_the_same_leads_and_names_its_fields() {
    seed(1_001, 10);
    var lines = export("?format=jsonl").lines().map(service::json).toList();
    var rows = rows(export(""));
    assertThat(rows).hasSize(1_002);
    var names = new ArrayList<String>();
    lines.get(0).fieldNames().forEachRemaining(names::add);
    assertThat(rows.get(0)).containsExactlyInAnyOrderElementsOf(names);
    var id = rows.get(0).indexOf("id");
    assertThat(rows.stream().skip(1).map(row -> row.get(id)))
        .containsExactlyElementsOf(lines.stream().map(lead -> lead.get("id").asText()).toList());
  }

  @Test
  void texts_come_through_whole_and_formulas_as_text() {
    service.lead(
        business,
        Map.of(
            "contactName",
            "=HYPERLINK(\"http://x\")",
            "contactPhone",
            "+61 491 570 006",
            "message",
            "Zoë says \"hi\",\r\nthen; +1 😀"));
    var rows = rows(export(""));
    assertThat(cell(rows, "contactName")).isEqualTo("'=HYPERLINK(\"http://x\")");
    assertThat(cell(rows, "contactPhone")).isEqualTo("+61 491 570 006");
    assertThat(cell(rows, "message")).isEqualTo("Zoë says \"hi\",\r\nthen;' +1 😀");
    assertThat(cell(rows, "contactEmail")).isEmpty();
    var line = service.json(export("?format=jsonl"));
    assertThat(line.get("contactName").asText()).isEqualTo("=HYPERLINK(\"http://x\")");
    assertThat(line.get("message").asText()).isEqualTo("Zoë says \"hi\",\r\nthen; +1 😀");
  }

  @Test
  void readable_columns_have_names_and_local_times_instead_of_ids() {
    service
        .database()
        .sql(
            "insert into messaging.business_settings (business_id, time_zone) values (?, 'Australia/Sydney')")
        .param(business.id())
        .update();
    var id =
        service.lead(
            business,
            Map.of(
                "contactName",
                "=Ada",
                "contactPhone",
                "0491-570-006",
                "metadata",
                Map.of("utm_source", " Google", "form", Map.of("utm_campaign", "+spring"))));
    service
        .database()
        .sql(
            "update public.messages set call_outcome = 'no_answer', assigned_to = business_id, created_at = '2026-01-31T13:30:00Z' where id = ?")
        .param(id)
        .update();
    var rows = rows(export("?columns=readable"));
    assertThat(rows.get(0)).startsWith("Name", "Phone", "Email", "Subject", "Message");
    assertThat(cell(rows, "Name")).isEqualTo("'=Ada");
    assertThat(cell(rows, "Phone")).isEqualTo("+61 491 570 006");
    assertThat(cell(rows, "Received (Australia/Sydney)")).isEqualTo("2026-02-01 00:30");
    assertThat(cell(rows, "Status")).isEqualTo("Unread");
    assertThat(cell(rows, "Outcome")).isEqualTo("No answer");
    assertThat(cell(rows, "Assigned to")).isNotEmpty();
    assertThat(cell(rows, "Funnel")).isEqualTo("Test funnel");
    assertThat(cell(rows, "Source")).isEqualTo("google");
    assertThat(cell(rows, "Campaign")).isEqualTo("'+spring");
    assertThat(ask(EXPORT + "?columns=readable&format=jsonl").statusCode()).isEqualTo(400);
  }

  @Test
  void it_is_a_file_with_a_day_in_its_name_that_nobody_keeps() {
    var answer = ask(EXPORT);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
        .matches("attachment; filename=\"leads-\\d{4}-\\d\\d-\\d\\d\\.csv\"");
    assertThat(answer.body()).startsWith("id,").endsWith("\r\n").hasLineCount(1);
    assertThat(ask(EXPORT + "?format=jsonl").body()).isEmpty();
  }

  @Test
  void a_mark_stands_before_the_table_where_it_is_asked_for() {
    assertThat(export("?bom=true")).startsWith("\uFEFFid,");
    assertThat(export("?bom=false")).startsWith("id,");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"comma|,", "semicolon|;", "tab|\\t"})
  void cells_are_separated_as_the_reader_wants_it(String name, String separator) {
    service.lead(business, Map.of("contactName", "Ada, =1+1", "contactPhone", "+61 491 570 006"));
    var sign = separator.equals("\\t") ? "\t" : separator;
    var lines = export("?separator=" + name).split("\r\n");
    assertThat(lines[0]).startsWith(String.join(sign, "id", "reference", "funnelId", "type"));
    assertThat(lines[1])
        .contains(sign + "+61 491 570 006" + sign + "+61491570006" + sign)
        .contains(sign.equals(",") ? "\"Ada, =1+1\"" : sign + "Ada,' =1+1" + sign);
  }

  @ParameterizedTest
  @CsvSource({"comma", "semicolon", "tab"})
  void json_in_a_cell_stays_json_and_its_texts_are_no_formulas(String separator) throws Exception {
    var metadata = Map.of("geo", List.of(-33.8, -70.6), "t", List.of("a", "=1+1"));
    service.lead(
        business,
        Map.of("contactName", "Ada", "contactPhone", "0491 570 006", "metadata", metadata));
    var line = export("?separator=" + separator).split("\r\n")[1];
    var cell = line.substring(line.indexOf("\"{"), line.indexOf("}\"") + 2);
    var json = service.json(cell.substring(1, cell.length() - 1).replace("\"\"", "\""));
    assertThat(json.at("/geo/1").asDouble()).isEqualTo(-70.6);
    assertThat(json.at("/t/1").asText()).isEqualTo("'=1+1");
  }

  @Test
  void moments_are_told_by_the_clock_of_the_business_where_that_is_asked_for() {
    service
        .database()
        .sql(
            "insert into messaging.business_settings (business_id, time_zone) values (?, 'Australia/Sydney')")
        .param(business.id())
        .update();
    var id =
        service.lead(business, Map.of("contactName", "Ada", "contactPhone", "+61 491 570 006"));
    service
        .database()
        .sql("update public.messages set created_at = '2026-11-22T03:04:05.123Z' where id = ?")
        .param(id)
        .update();
    assertThat(cell(rows(export("?times=local")), "createdAt")).isEqualTo("2026-11-22 14:04:05");
    assertThat(cell(rows(export("?times=local")), "readAt")).isEmpty();
    assertThat(cell(rows(export("?times=utc")), "createdAt")).isEqualTo("2026-11-22T03:04:05.123Z");
    assertThat(cell(rows(export("")), "reference")).isEqualTo(Reference.of(id));
  }

  @ParameterizedTest
  @CsvSource({
    "?format=xlsx, format",
    "?bom=yes, bom",
    "?format=jsonl&bom=true, bom",
    "?format=jsonl&separator=tab, separator",
    "?format=jsonl&times=local, times",
    "?separator=pipe, separator",
    "?times=mine, times",
    "?status=lost, status",
    "?limit=3, limit",
    "?cursor=x, cursor",
    "?from=2026-02-30T00:00:00Z, from"
  })
  void what_there_is_not_is_told(String query, String field) {
    var answer = ask(EXPORT + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(service.json(answer.body()).at("/errors/0/field").asText()).isEqualTo(field);
  }

  @Test
  void filters_are_those_of_the_list() {
    service.lead(business, lead("Ada Lovelace"));
    service.lead(business, lead("Grace Hopper"));
    assertThat(export("?format=jsonl&q=grace&status=unread").lines())
        .singleElement()
        .satisfies(line -> assertThat(line).contains("Grace Hopper"));
    assertThat(export("?format=jsonl&status=archived")).isEmpty();
    assertThat(export("?format=jsonl&quarantined=true")).isEmpty();
  }

  @Test
  void another_method_is_told_which_there_is() {
    for (var method : List.of("POST", "HEAD", "DELETE")) {
      var answer = service.call(method, EXPORT, key, null);
      assertThat(answer.statusCode()).as(method).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).hasValue("GET");
    }
  }

  @Test
  void those_who_only_look_take_nothing_away() {
    service.lead(business, lead("Ada Lovelace"));
    assertThat(crowd.member(business, "viewer").call("GET", EXPORT, null).statusCode())
        .isEqualTo(403);
    assertThat(crowd.member(business, "agent").call("GET", EXPORT, null).body())
        .contains("Ada Lovelace");
    assertThat(
            service.call("GET", EXPORT, service.key(business, "messages:read"), null).statusCode())
        .isEqualTo(403);
    var theirs = service.key(service.businessWithoutChannels(), "messages:export");
    assertThat(service.call("GET", EXPORT, theirs, null).body()).doesNotContain("Ada Lovelace");
  }

  @Test
  void who_took_leads_away_stands_in_the_audit_trail_and_not_what_they_looked_for() {
    export("?format=jsonl&q=lovelace&quarantined=true");
    var entry =
        service
            .database()
            .sql(
                "select action || ' ' || details from messaging.audit_entries where business_id = ?")
            .param(business.id())
            .query(String.class)
            .list();
    assertThat(entry)
        .containsExactly(
            "exportMessages {\"format\": \"jsonl\", \"filters\": [\"q\", \"quarantined\"]}");
  }

  @Test
  void a_business_has_two_under_way_and_a_reader_who_leaves_makes_room() throws Exception {
    seed(MORE_THAN_A_CONNECTION_HOLDS, 1_900);
    try (var one = beginning();
        var two = beginning()) {
      begins(one);
      begins(two);
      var third = ask(EXPORT);
      assertThat(third.statusCode()).as(third.body()).isEqualTo(429);
      assertThat(third.headers().firstValue("Retry-After")).hasValue("5");
      var theirs = service.key(service.businessWithoutChannels(), "messages:export");
      assertThat(service.call("GET", EXPORT, theirs, null).statusCode()).isEqualTo(200);
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> ask(EXPORT + "?status=archived").statusCode() == 200);
  }

  @Test
  void a_part_never_looks_whole() throws Exception {
    seed(MORE_THAN_A_CONNECTION_HOLDS, 1_900);
    try (var reader = beginning();
        var connection = service.login().getConnection()) {
      begins(reader);
      connection.setAutoCommit(false);
      try (var lock = connection.createStatement()) {
        lock.execute("lock table public.messages in access exclusive mode");
        var rest = new String(reader.getInputStream().readAllBytes(), UTF_8);
        assertThat(rest).isNotEmpty().doesNotEndWith("0\r\n\r\n");
      } finally {
        connection.rollback();
      }
    }
  }

  @Test
  void it_ends_unfinished_once_the_key_is_revoked() throws Exception {
    seed(MORE_THAN_A_CONNECTION_HOLDS, 1_900);
    try (var reader = beginning()) {
      begins(reader);
      service
          .database()
          .sql("update messaging.api_keys set revoked_at = now() where business_id = ?")
          .param(business.id())
          .update();
      var rest = new String(reader.getInputStream().readAllBytes(), UTF_8);
      assertThat(rest).isNotEmpty().doesNotEndWith("0\r\n\r\n");
    }
  }

  @Test
  void a_failure_before_the_first_lead_is_told() throws SQLException {
    try (var connection = service.login().getConnection();
        var lock = connection.createStatement()) {
      connection.setAutoCommit(false);
      lock.execute("lock table public.messages in access exclusive mode");
      try {
        var answer = ask(EXPORT);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      } finally {
        connection.rollback();
      }
    }
  }

  /** A reader who takes little at a time. */
  private Socket beginning() throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    var address = service.at(EXPORT + "?format=jsonl");
    socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
    socket
        .getOutputStream()
        .write(
            "GET %s?%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n"
                .formatted(address.getPath(), address.getQuery(), key)
                .getBytes(UTF_8));
    return socket;
  }

  private static void begins(Socket reader) throws IOException {
    assertThat(new String(reader.getInputStream().readNBytes(2_000), UTF_8))
        .startsWith("HTTP/1.1 200");
  }

  private void seed(int leads, int length) {
    service
        .database()
        .sql(
            """
            insert into public.messages (funnel_id, business_id, contact_name, message, created_at)
            select ?, ?, 'Ada ' || n, repeat(md5(n::text), ? / 32 + 1), now() - (n / 3) * interval '1 second'
            from generate_series(1, ?) n
            """)
        .params(business.funnel(), business.id(), length, leads)
        .update();
  }

  private static Map<String, Object> lead(String name) {
    return Map.of("contactName", name, "contactPhone", "+61 491 570 006");
  }

  private List<JsonNode> listed(String query) {
    var page = service.json(ask("/api/messages" + query).body());
    return StreamSupport.stream(page.get("items").spliterator(), false).toList();
  }

  private static List<List<String>> rows(String csv) {
    var rows = new ArrayList<List<String>>();
    CsvReader.builder().ofCsvRecord(csv).forEach(row -> rows.add(row.getFields()));
    return rows;
  }

  private static String cell(List<List<String>> rows, String field) {
    return rows.get(1).get(rows.get(0).indexOf(field));
  }

  private String export(String query) {
    var answer = ask(EXPORT + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private HttpResponse<String> ask(String path) {
    return service.call("GET", path, key, null);
  }
}
