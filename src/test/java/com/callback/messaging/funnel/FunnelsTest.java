package com.callback.messaging.funnel;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A business sets up its own forms, and nobody else's. */
@ServiceTest
class FunnelsTest {

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
}
