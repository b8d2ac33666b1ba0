package com.callback.messaging.inbox.count;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.intake.submission.Reference;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Leads are found by what people remember of them. */
@ServiceTest
class FoundLeadsTest {

  @Autowired Service service;
  @Autowired MovableClock clock;

  private Business business;
  private String key;

  @BeforeEach
  void a_business_and_its_key() {
    business = service.businessWithoutChannels();
    key = service.key(business, "messages:read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          garcia            | part of a name, without its accent
          GARCÍA            | the same with it, and loud
          zoe garc          | two words that begin so
          arcí              | the middle of a name
          +61 491 570 006   | the number in full
          0491 570 006      | as it is dialled at home
          (0491) 570-006    | with brackets
          0061491570006     | as it is dialled abroad
          570 006           | its end
          zoe.g             | the beginning of the address
          harbour.example   | its end
          solar pan         | the subject
          tile              | a word of the text
          TILE north zoe    | words of several places
          o'neil            | with an apostrophe
          cooling           | behind a slash
          please            | behind a full stop, without a space
          24/7              | digits that are no number
          acme.com          | a domain within an address
          offer             | a part of a path
          pdf               | its end
          ile               | the middle of a word of the text
          fa                | two letters within a word
          修理              | Chinese or Japanese, two signs within a sentence
          수리              | Korean
          ﾀｲﾙ               | half-width for full-width
          محمد              | Arabic, stored with its vowel points
          петр              | Cyrillic, large and with dots where it is stored
          ЁТР               | its end, loud
          หลังคา              | Thai, which writes no spaces
          """)
  void a_lead_is_found_by(String typed, String because) {
    lead("Somebody Else", "+61 491 570 157", Map.of());
    var wanted =
        lead(
            "Zoë García-O'Neil",
            "0491 570 006",
            Map.of(
                "contactEmail",
                "Zoe.Garcia@harbour.example",
                "subject",
                "Solar panels",
                "message",
                "A tile roof, facing north. Heating/cooling is broken 24/7.Please call, see www.acme.com/offer.pdf. 屋根の修理をお願い タイル 지붕 수리 مُحَمَّد ПЁТР ซ่อมหลังคา"));
    assertThat(found("q=" + encoded(typed))).as(because).containsExactly(wanted);
  }

  @Test
  void a_lead_is_found_by_the_reference_that_its_visitor_was_shown() {
    lead("Somebody Else", "+61 491 570 157", Map.of());
    var wanted = lead("Ada", "+61 491 570 006", Map.of());
    var reference = Reference.of(UUID.fromString(wanted));
    assertThat(get("/api/messages/" + wanted).get("reference").asText()).isEqualTo(reference);
    for (var typed :
        List.of(
            reference,
            reference.toLowerCase(Locale.ROOT),
            reference.replace("-", ""),
            "#" + reference,
            reference.replace('-', '–') + ".",
            reference.replace('0', 'O').replace('1', 'l'),
            reference.substring(0, 6),
            reference.substring(5),
            "ada " + reference)) {
      assertThat(found("q=" + encoded(typed))).as(typed).containsExactly(wanted);
    }
  }

  /** Whoever types on never finds more than before, and never loses the one they are after. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "+61 491 570 006",
        "+61 (0)491 570 006",
        "0491 570 006",
        "0491570006",
        "0061 491 570 006",
        "491-570-006",
        "(0491) 570 006"
      })
  void a_number_finds_less_with_every_sign_that_is_typed(String number) {
    for (int each = 0; each < 20; each++) {
      lead("Caller " + each, "+61 491 57%d %03d".formatted(each % 3, each * 37), Map.of());
    }
    lead("Eve", "02 5550 0491", Map.of("message", "unit 57, +61"));
    var wanted = lead("Ada", "0491 570 006", Map.of());
    var before = found("limit=200");
    for (int length = number.startsWith("(") ? 2 : 1; length <= number.length(); length++) {
      var now = found("limit=200&q=" + encoded(number.substring(0, length)));
      assertThat(before).as(number.substring(0, length)).containsAll(now);
      assertThat(now).as(number.substring(0, length)).contains(wanted);
      before = now;
    }
    assertThat(before).containsExactly(wanted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%",
        "_",
        "%%%",
        "A_a",
        "A%a",
        ".*",
        "(",
        "[x-",
        "\\",
        "'",
        "\"",
        "' or 1=1 --",
        "!&|",
        ":*",
        "ada & !bob",
        "ada:A",
        "nobody",
        "😀",
        "%I",
        "$1",
        "+-()"
      })
  void what_means_something_elsewhere_is_text_here(String typed) {
    lead("Ada Lovelace", "+61 491 570 006", Map.of());
    assertThat(found("q=" + encoded(typed))).isEmpty();
  }

  /** Whatever somebody pastes: an answer in words, never a failure. */
  @Test
  void any_text_can_be_searched_for() {
    var dice = new Random(7);
    for (int each = 0; each < 200; each++) {
      var typed =
          dice.ints(1 + dice.nextInt(60), 1, 0x2fff)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      var answer = service.call("GET", "/api/messages?q=" + encoded(typed), key, null);
      assertThat(answer.statusCode()).as("%s: %s", typed, answer.body()).isIn(200, 400);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "q=,200",
    "limit=0,400",
    "limit=201,400",
    "limit=1000000000,400",
    "limit=99999999999999999999,400",
    "from=2026-02-30T00:00:00Z,400",
    "to=yesterday,400",
    "assignee=them,400",
    "tag=,200",
    "delivery=lost,400",
    "overdue=false,400",
    "sort=random,400",
    "colour=red,400",
    "priority=low;high,400",
    "cursor=bm9uZQ,400"
  })
  void a_filter_is_one_or_is_refused(String query, int status) {
    assertThat(service.call("GET", "/api/messages?" + query, key, null).statusCode())
        .isEqualTo(status);
  }

  @Test
  void a_percent_sign_that_is_no_escape_stands_for_itself() throws IOException {
    var wanted = lead("Ada", "+61 491 570 006", Map.of("message", "I am 100% sure"));
    lead("Bob", "+61 491 570 156", Map.of("message", "1000 tiles"));
    for (var query : List.of("100%", "100%+sure", "100%25", "0%%20sur")) {
      var answer = asTyped("/api/messages?q=" + query);
      assertThat(answer.status()).as("%s: %s", query, answer.body()).isEqualTo(200);
      assertThat(answer.body().get("items").findValuesAsText("id"))
          .as(query)
          .containsExactly(wanted);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/api/messages?status=%,status",
    "/api/messages?from=%E,from",
    "/api/messages?%zz=1,%zz",
    "/api/stream?lastEventId=%,lastEventId"
  })
  void half_an_escape_is_refused_by_name_where_no_text_is_wanted(String path, String field)
      throws IOException {
    var answer = asTyped(path);
    assertThat(answer.status()).as(String.valueOf(answer.body())).isEqualTo(400);
    assertThat(answer.body().at("/errors/0/field").asText()).isEqualTo(field);
  }

  private record Typed(int status, JsonNode body) {}

  /** A request as it stands, which clients that know better would not send. */
  private Typed asTyped(String path) throws IOException {
    var connection =
        (HttpURLConnection)
            new URL(service.at("/").resolve("/") + path.substring(1)).openConnection();
    connection.setRequestProperty("Authorization", "Bearer " + key);
    var status = connection.getResponseCode();
    var body = status < 400 ? connection.getInputStream() : connection.getErrorStream();
    return new Typed(status, service.json(new String(body.readAllBytes(), StandardCharsets.UTF_8)));
  }

  @Test
  void too_much_to_search_for_is_refused() {
    assertThat(service.call("GET", "/api/messages?q=" + "ada+".repeat(51), key, null).statusCode())
        .isEqualTo(400);
    assertThat(
            service.call("GET", "/api/messages?q=" + "a".repeat(100_000), key, null).statusCode())
        .isIn(400, 414, 431);
  }

  @Test
  void filters_hold_together() {
    var urgent = lead("Ada", "+61 491 570 006", Map.of("priority", "urgent"));
    var tagged = lead("Bob", "+61 491 570 156", Map.of());
    var agent = UUID.randomUUID();
    change(tagged, "tags = '{roof,storm}', assigned_to = '" + agent + "', due_at = null");

    assertThat(found("priority=urgent,high")).containsExactly(urgent);
    assertThat(found("tag=Storm")).containsExactly(tagged);
    assertThat(found("tag=storm,roof")).containsExactly(tagged);
    assertThat(found("tag=storm,battery")).isEmpty();
    assertThat(found("assignee=" + agent)).containsExactly(tagged);
    assertThat(found("assignee=nobody")).containsExactly(urgent);
    assertThat(found("assignee=me")).isEmpty();
    assertThat(found("type=callback_request")).containsExactly(tagged, urgent);
    assertThat(found("type=reminder")).isEmpty();
    assertThat(found("overdue=true")).isEmpty();
    clock.advance(Duration.ofMinutes(16));
    assertThat(found("overdue=true")).containsExactly(urgent);
    assertThat(found("q=ada&tag=storm")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "failed",
        "held",
        "unknown",
        "cancelled",
        "sent",
        "delivered",
        "pending",
        "sending"
      })
  void leads_are_found_by_how_a_delivery_stands(String state) {
    var lead = lead("Ada", "+61 491 570 006", Map.of());
    lead("Bob", "+61 491 570 156", Map.of());
    // At a channel that this service has not, so that nobody sends it meanwhile.
    service
        .database()
        .sql(
            "insert into messaging.deliveries (business_id, cause, message_id, channel, state, held_reason, leased_by, lease_until, next_attempt_at, created_at, updated_at) values (?, 'lead', ?::uuid, 'pigeon', ?, case ? when 'held' then 'disabled' end, case ? when 'sending' then 'x' end, case ? when 'sending' then now() + interval '9 years' end, now(), now(), now())")
        .params(business.id(), lead, state, state, state, state)
        .update();
    assertThat(found("delivery=" + state)).containsExactly(lead);
  }

  @ParameterizedTest
  @ValueSource(strings = {"newest", "oldest", "time-left"})
  void pages_fit_together_in_every_order(String sort) {
    var all = new ArrayList<String>();
    var priorities = List.of("low", "urgent", "medium", "high", "medium", "urgent", "low");
    for (int each = 0; each < priorities.size(); each++) {
      all.add(
          lead("Ada " + each, "+61 491 570 00" + each, Map.of("priority", priorities.get(each))));
    }
    var whole = found("limit=200&sort=" + sort);
    assertThat(whole).containsExactlyInAnyOrderElementsOf(all);

    var seen = new ArrayList<String>();
    var page = get("/api/messages?limit=3&sort=" + sort);
    page.get("items").forEach(item -> seen.add(item.get("id").asText()));
    while (!page.get("next").isNull()) {
      page = get("/api/messages?limit=3&sort=" + sort + "&cursor=" + page.get("next").asText());
      page.get("items").forEach(item -> seen.add(item.get("id").asText()));
    }
    assertThat(seen).containsExactlyElementsOf(whole);
    if (sort.equals("time-left")) {
      assertThat(whole.subList(0, 2)).containsExactly(all.get(1), all.get(5));
      change(all.get(1), "status = 'acknowledged'");
      assertThat(found("sort=time-left")).doesNotContain(all.get(1)).hasSize(6);
    }
  }

  @Test
  void a_cursor_holds_for_its_own_order_only() {
    lead("Ada", "+61 491 570 006", Map.of());
    lead("Bob", "+61 491 570 156", Map.of());
    var next = get("/api/messages?limit=1").get("next").asText();
    assertThat(
            service
                .call("GET", "/api/messages?limit=1&sort=oldest&cursor=" + next, key, null)
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void a_filter_is_counted_as_it_is_listed() {
    lead("Ada", "+61 491 570 006", Map.of());
    lead("Bob", "+61 491 570 156", Map.of());
    assertThat(get("/api/messages/count"))
        .isEqualTo(service.json("{\"count\":2,\"isMore\":false}"));
    assertThat(get("/api/messages/count?q=bob"))
        .isEqualTo(service.json("{\"count\":1,\"isMore\":false}"));
    assertThat(get("/api/messages/count?q=eve"))
        .isEqualTo(service.json("{\"count\":0,\"isMore\":false}"));
  }

  @Test
  void nobody_finds_the_leads_of_others() {
    lead("Ada Lovelace", "+61 491 570 006", Map.of());
    var theirs = service.key(service.businessWithoutChannels(), "messages:read");
    for (var query : List.of("", "?q=ada", "?q=0491570006", "?sort=time-left")) {
      assertThat(service.json(service.call("GET", "/api/messages" + query, theirs, null).body()))
          .isEqualTo(service.json("{\"items\":[],\"next\":null}"));
    }
    assertThat(service.json(service.call("GET", "/api/messages/count", theirs, null).body()))
        .isEqualTo(service.json("{\"count\":0,\"isMore\":false}"));
  }

  private String lead(String name, String phone, Map<String, String> more) {
    clock.advance(Duration.ofSeconds(1));
    var fields = new HashMap<String, Object>(more);
    fields.put("contactName", name);
    fields.put("contactPhone", phone);
    return service.lead(business, fields).toString();
  }

  private void change(String id, String how) {
    service
        .database()
        .sql("update public.messages set %s where id = ?::uuid".formatted(how))
        .param(id)
        .update();
  }

  private List<String> found(String query) {
    return get("/api/messages?" + query).get("items").findValuesAsText("id");
  }

  private JsonNode get(String path) {
    var answer = service.call("GET", path, key, null);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return service.json(answer.body());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
