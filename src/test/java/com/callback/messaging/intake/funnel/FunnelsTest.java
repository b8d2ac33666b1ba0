package com.callback.messaging.intake.funnel;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A business sets up its own forms, and nobody else's. */
@ServiceTest
class FunnelsTest {

  private static final String ALL = "/api/funnels";

  @Autowired Service service;

  Business business;
  ApiCaller caller;
  String path;

  @BeforeEach
  void a_business_with_a_funnel() {
    business = service.businessWithoutChannels();
    caller = callerOf(business);
    path = "/api/funnels/" + business.funnel();
  }

  private ApiCaller callerOf(Business business) {
    return new ApiCaller(
        service, service.key(business, "funnels:read", "funnels:write", "audit:read"));
  }

  @Test
  void its_funnels_are_listed() {
    var funnels = caller.ask(200, "GET", "/api/funnels", null).get("funnels");
    assertThat(funnels).hasSize(1);
    assertThat(funnels.get(0)).isEqualTo(caller.ask(200, "GET", path, null));
    assertThat(funnels.get(0).get("slug").asText()).isEqualTo(business.slug());
    assertThat(funnels.get(0).get("allowedOrigins")).isEmpty();
  }

  @Test
  void a_change_replaces_what_is_given_and_nothing_else() {
    var slug = "new-" + business.funnel();
    caller.ask(200, "PATCH", path, Map.of("slug", slug, "intro", "Hello"));
    var changed =
        caller.ask(
            200,
            "PATCH",
            path,
            Map.of("allowedOrigins", List.of("https://b.example", "https://a.example:8443")));

    assertThat(changed.get("slug").asText()).isEqualTo(slug);
    assertThat(changed.get("intro").asText()).isEqualTo("Hello");
    assertThat(changed.get("title").asText()).isEqualTo("Test form");
    assertThat(changed.get("allowedOrigins").toString())
        .isEqualTo("[\"https://a.example:8443\",\"https://b.example\"]");
    assertThat(
            caller
                .ask(200, "PATCH", path, Map.of("allowedOrigins", List.of("https://b.example")))
                .get("allowedOrigins"))
        .hasSize(1);
    var emptied =
        caller.ask(
            200,
            "PATCH",
            path,
            "{\"title\":null,\"intro\":null,\"isActive\":false,\"allowedOrigins\":[]}");
    assertThat(emptied.get("title").isNull()).isTrue();
    assertThat(emptied.get("intro").isNull()).isTrue();
    assertThat(emptied.get("isActive").asBoolean()).isFalse();
    assertThat(emptied.get("allowedOrigins")).isEmpty();
    assertThat(service.get("/f/" + slug).statusCode()).isEqualTo(404);
  }

  @Test
  void a_funnel_that_the_platform_made_gets_its_settings_with_the_first_change() {
    var funnel = UUID.randomUUID();
    service
        .database()
        .sql("insert into public.funnels (id, business_id, name) values (?, ?, 'Bare')")
        .params(funnel, business.id())
        .update();
    var bare = caller.ask(200, "GET", "/api/funnels/" + funnel, null);
    assertThat(bare.get("slug").isNull()).isTrue();
    assertThat(bare.get("isActive").asBoolean()).isTrue();

    var changed = caller.ask(200, "PATCH", "/api/funnels/" + funnel, Map.of("title", "Hi"));

    assertThat(changed.get("slug").asText()).isEqualTo(funnel.toString());
    assertThat(service.get("/f/" + funnel).body()).contains("Hi");
  }

  @ParameterizedTest
  @CsvSource({"%s/", "%s//", "%s/thanks/"})
  void an_address_with_a_slash_too_many_leads_to_the_form(String written) {
    for (var root : List.of("/f/", "/F/")) {
      var answer = service.get((root + written).formatted(business.slug()) + "?utm_source=flyer");
      assertThat(answer.statusCode()).isEqualTo(308);
      assertThat(answer.headers().firstValue("Location"))
          .hasValue(
              "/f/"
                  + written.formatted(business.slug()).replaceAll("/+$", "")
                  + "?utm_source=flyer");
    }
  }

  @Test
  void a_form_that_is_sent_to_an_address_with_a_slash_too_many_is_taken() {
    for (var address : List.of("/F/%s", "/f/%s/", "/F/%s//")) {
      var answer =
          service.send(
              service
                  .request(address.formatted(business.slug()), "application/x-www-form-urlencoded")
                  .header("Accept", "application/json")
                  .POST(
                      BodyPublishers.ofString(
                          "funnelId=%s&contactName=Ada&contactPhone=0491570006"
                              .formatted(business.funnel()))));
      assertThat(answer.statusCode()).as(address).isEqualTo(202);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".", ")", ",", "%%20", ").", "%%E2%%80%%9D"})
  void what_a_sentence_leaves_at_the_end_of_an_address_is_none_of_it(String left) {
    var answer = service.get(("/f/%s" + left).formatted(business.slug()));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("Test form");
  }

  @Test
  void where_no_form_is_named_a_page_says_so() {
    assertThat(service.get("/f/").headers().firstValue("Location")).hasValue("/f");
    var answer = service.get("/f");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(service.get("/inbox/").headers().firstValue("Location")).hasValue("/inbox");
  }

  @Test
  void a_funnel_gets_another_name() {
    var renamed = caller.ask(200, "PATCH", path, Map.of("name", "Roof check", "intro", "Hello"));
    assertThat(renamed.get("name").asText()).isEqualTo("Roof check");
    assertThat(renamed.get("intro").asText()).isEqualTo("Hello");
    for (var nameless : List.of(" ", "\u200b", "\u3164", "Roof\r\ncheck", "Roof \u202echeck")) {
      assertThat(
              caller
                  .ask(400, "PATCH", path, Map.of("name", nameless))
                  .at("/errors/0/field")
                  .asText())
          .as(nameless)
          .isEqualTo("name");
    }
    callerOf(service.businessWithoutChannels()).ask(404, "PATCH", path, Map.of("name", "Mine"));
    assertThat(caller.ask(200, "GET", path, null).get("name").asText()).isEqualTo("Roof check");
  }

  @Test
  void a_deleted_funnel_takes_no_leads_any_more_and_those_it_took_stay() {
    var lead =
        service.lead(business, Map.of("contactName", "Ada", "contactPhone", "+61 491 570 006"));
    callerOf(service.businessWithoutChannels()).ask(404, "DELETE", path, null);

    caller.ask(204, "DELETE", path, null);

    caller.ask(404, "GET", path, null);
    caller.ask(404, "DELETE", path, null);
    assertThat(service.get("/f/" + business.slug()).statusCode()).isEqualTo(404);
    assertThat(
            service
                .post(
                    Map.of(
                        "funnelId", business.funnel(),
                        "contactName", "Bob",
                        "contactPhone", "+61 491 570 156"))
                .statusCode())
        .isEqualTo(404);
    var reader = new ApiCaller(service, service.key(business, "messages:read"));
    assertThat(reader.ask(200, "GET", "/api/messages/" + lead, null).get("funnelId").isNull())
        .isTrue();
    assertThat(caller.ask(200, "GET", "/api/audit", null).get("items").findValuesAsText("action"))
        .contains("deleteFunnel");
  }

  @Test
  void funnels_of_a_platform_are_neither_renamed_nor_deleted_here() {
    var revoked = "revoke insert, update, delete on public.funnels from messaging_worker";
    var granted = "grant insert, update (name), delete on public.funnels to messaging_worker";
    service.database().sql(revoked).update();
    try {
      for (var refused :
          List.of(
              caller.ask(409, "PATCH", path, Map.of("name", "Other")),
              caller.ask(409, "DELETE", path, null))) {
        assertThat(refused.get("type").asText()).endsWith(":funnels-made-elsewhere");
      }
      caller.ask(200, "PATCH", path, Map.of("title", "Other"));
    } finally {
      service.database().sql(granted).update();
    }
  }

  @Test
  void an_address_that_another_form_has_is_refused() {
    var other = service.businessWithoutChannels();
    caller.ask(409, "PATCH", path, Map.of("slug", other.slug()));
    caller.ask(409, "PATCH", path, Map.of("slug", other.funnel().toString()));
    assertThat(caller.ask(200, "GET", path, null).get("slug").asText()).isEqualTo(business.slug());
  }

  @Test
  void of_two_who_want_one_address_at_once_one_gets_it() {
    var slug = "wanted-" + business.funnel();
    var wanted =
        IntStream.range(0, 6)
            .mapToObj(i -> service.businessWithoutChannels())
            .map(
                each ->
                    CompletableFuture.supplyAsync(
                        () ->
                            callerOf(each)
                                .call(
                                    "PATCH", "/api/funnels/" + each.funnel(), Map.of("slug", slug))
                                .statusCode()))
            .toList();
    var answers = wanted.stream().map(CompletableFuture::join).toList();
    assertThat(answers).containsOnly(200, 409);
    assertThat(Collections.frequency(answers, 200)).isOne();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "null",
        "https://*.example.com",
        "https://example.com/",
        "https://example.com/path",
        "https://Example.com",
        "https://example.com:443",
        "https://example.com:99999",
        "https://münchen.example",
        "http://example.com",
        "https://user@example.com",
        "ftp://example.com",
        "https://example.com\\n",
        "//example.com",
        ""
      })
  void an_origin_that_no_browser_sends_is_refused(String origin) {
    var refused =
        caller.ask(
            400,
            "PATCH",
            path,
            "{\"allowedOrigins\":[\"https://fine.example\",\"" + origin + "\"]}");
    assertThat(refused.at("/errors/0/field").asText()).startsWith("allowedOrigins.1");
    assertThat(caller.ask(200, "GET", path, null).get("allowedOrigins")).isEmpty();
  }

  @Test
  void a_list_has_fifty_origins_at_most() {
    var many = IntStream.range(0, 51).mapToObj(i -> "https://o" + i + ".example").toList();
    caller.ask(400, "PATCH", path, Map.of("allowedOrigins", many));
    caller.ask(200, "PATCH", path, Map.of("allowedOrigins", many.subList(0, 50)));
  }

  @Test
  void another_business_s_funnel_is_not_there() {
    var other = callerOf(service.businessWithoutChannels());
    other.ask(404, "GET", path, null);
    other.ask(404, "PATCH", path, Map.of("isActive", false));
    other.ask(404, "PATCH", path, Map.of("allowedOrigins", List.of("https://evil.example")));
    var untouched = caller.ask(200, "GET", path, null);
    assertThat(untouched.get("isActive").asBoolean()).isTrue();
    assertThat(untouched.get("allowedOrigins")).isEmpty();
  }

  @Test
  void a_change_stands_in_the_audit_trail_and_one_that_was_refused_does_not() {
    caller.ask(200, "PATCH", path, Map.of("isActive", true));
    caller.ask(409, "PATCH", path, Map.of("slug", service.businessWithoutChannels().slug()));
    var entries = caller.ask(200, "GET", "/api/audit", null).get("items");
    assertThat(entries).hasSize(1);
    assertThat(entries.get(0).get("subject").asText()).isEqualTo(business.funnel().toString());
  }

  @Test
  void a_form_is_found_at_its_address() {
    var shown = caller.ask(200, "GET", path, null).get("formUrl").asText();
    assertThat(shown).startsWith("http://").endsWith("/f/" + business.slug());
    assertThat(caller.ask(200, "GET", "/api/funnels", null).at("/funnels/0/formUrl").asText())
        .isEqualTo(shown);
    assertThat(service.get(URI.create(shown).getPath()).statusCode()).isEqualTo(200);
  }

  @Test
  void a_new_funnel_takes_leads_at_once() {
    var slug = "new-" + business.funnel();
    var made =
        caller.ask(
            201, "POST", ALL, Map.of("name", "Battery check", "slug", slug, "title", "Batteries"));
    assertThat(made.get("name").asText()).isEqualTo("Battery check");
    assertThat(made.get("isActive").asBoolean()).isTrue();
    assertThat(made.get("formUrl").asText()).endsWith("/f/" + slug);
    assertThat(caller.ask(200, "GET", ALL + "/" + made.get("id").asText(), null)).isEqualTo(made);
    assertThat(caller.ask(200, "GET", ALL, null).get("funnels")).hasSize(2);
    assertThat(service.get("/f/" + slug).body()).contains("Batteries");
    service.lead(
        new Business(business.id(), UUID.fromString(made.get("id").asText()), slug),
        Map.of("contactName", "Ada", "contactPhone", "0412 345 678"));
    var noted = caller.ask(200, "GET", "/api/audit", null).at("/items/0");
    assertThat(noted.get("action").asText()).isEqualTo("createFunnel");
    assertThat(noted.get("subject").asText()).isEqualTo(made.get("id").asText());
  }

  @Test
  void a_new_funnel_without_an_address_is_found_by_its_id() {
    var made = caller.ask(201, "POST", ALL, Map.of("name", "Battery check"));
    assertThat(made.get("slug").asText()).isEqualTo(made.get("id").asText());
    assertThat(service.get("/f/" + made.get("id").asText()).body()).contains("Battery check");
  }

  @Test
  void a_new_funnel_that_is_refused_is_not_there() {
    var taken = service.businessWithoutChannels().slug();
    caller.ask(409, "POST", ALL, Map.of("name", "Battery check", "slug", taken));
    caller.ask(400, "POST", ALL, Map.of("name", " "));
    caller.ask(400, "POST", ALL, Map.of("slug", "battery-check"));
    caller.ask(400, "POST", ALL, Map.of("name", "B", "allowedOrigins", List.of("nonsense")));
    assertThat(caller.ask(200, "GET", ALL, null).get("funnels")).hasSize(1);
  }

  @Test
  void a_business_has_a_hundred_funnels_at_most() {
    service
        .database()
        .sql(
            "insert into public.funnels (business_id, name) select ?, 'F' from generate_series(1, 98)")
        .param(business.id())
        .update();
    caller.ask(201, "POST", ALL, Map.of("name", "The hundredth"));
    assertThat(caller.ask(409, "POST", ALL, Map.of("name", "One more")).get("type").asText())
        .endsWith("too-many-funnels");
  }

  @Test
  void where_funnels_are_the_platform_s_they_are_made_there() {
    service.database().sql("revoke insert on public.funnels from messaging_worker").update();
    try {
      assertThat(caller.ask(409, "POST", ALL, Map.of("name", "Battery check")).get("type").asText())
          .endsWith("funnels-made-elsewhere");
    } finally {
      service.database().sql("grant insert on public.funnels to messaging_worker").update();
    }
  }

  @Test
  void a_request_that_comes_again_makes_one_funnel() {
    for (var i = 0; i < 2; i++) {
      var answer =
          service.send(
              service
                  .request(ALL, "application/json")
                  .header("Authorization", "Bearer " + caller.credential())
                  .header("Idempotency-Key", business.slug())
                  .POST(BodyPublishers.ofString("{\"name\":\"Battery check\"}")));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }
    assertThat(caller.ask(200, "GET", ALL, null).get("funnels")).hasSize(2);
  }
}
