package com.callback.messaging.inbox.reply;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.PersonCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Texts that a business keeps. */
@ServiceTest
class TemplatesTest {

  private static final String ALL = "/api/templates";
  private static final String PREVIEW = ALL + "/preview";

  @Autowired Service service;
  @Autowired PersonCaller.Crowd crowd;

  private Business business;
  private ApiCaller caller;

  @BeforeEach
  void a_business_without_templates() {
    business = service.businessWithoutChannels();
    caller = new ApiCaller(service, service.key(business, "messages:read", "messages:write"));
  }

  @Test
  void what_was_kept_is_found_again_changed_and_deleted() {
    var made =
        add("email", "Thank you", "Dear {{contact.name}}", "Hello {{contact.firstName | there}}");
    var path = ALL + "/" + made.get("id").asText();
    assertThat(caller.ask(200, "GET", path, null)).isEqualTo(made);
    assertThat(caller.ask(200, "GET", ALL, null).get("templates")).containsExactly(made);

    var changed =
        caller.ask(
            200, "PUT", path, Map.of("channel", "sms", "name", " Thanks ", "body", "Thanks!"));
    assertThat(changed.get("channel").asText()).isEqualTo("sms");
    assertThat(changed.get("name").asText()).isEqualTo("Thanks");
    assertThat(changed.get("subject").isNull()).isTrue();
    assertThat(changed.get("createdAt")).isEqualTo(made.get("createdAt"));

    caller.ask(204, "DELETE", path, null);
    caller.ask(404, "GET", path, null);
    caller.ask(404, "DELETE", path, null);
    caller.ask(404, "PUT", path, Map.of("channel", "sms", "name", "x", "body", "x"));
  }

  @Test
  void they_are_listed_by_channel_and_name() {
    add("sms", "b", null, "x");
    add("email", "b", null, "x");
    add("email", "A", null, "x");
    assertThat(names(ALL)).containsExactly("email A", "email b", "sms b");
    assertThat(names(ALL + "?channel=sms")).containsExactly("sms b");
    caller.ask(400, "GET", ALL + "?channel=fax", null);
  }

  @Test
  void of_one_channel_each_has_its_own_name() {
    add("email", "Thank you", null, "x");
    var other = add("sms", "Thank you", null, "x");
    var same = Map.of("channel", "email", "name", "thank YOU ", "body", "x");
    assertThat(caller.ask(409, "POST", ALL, same).get("type").asText())
        .endsWith("template-name-taken");
    caller.ask(409, "PUT", ALL + "/" + other.get("id").asText(), same);
    caller.ask(
        200,
        "PUT",
        ALL + "/" + other.get("id").asText(),
        Map.of("channel", "sms", "name", "Thank You", "body", "y"));
  }

  @Test
  void of_many_that_come_at_once_for_the_last_place_one_is_kept() {
    service
        .database()
        .sql(
            "insert into messaging.templates (business_id, channel, name, body) select ?, 'sms', 'n' || n, 'x' from generate_series(1, 199) n")
        .param(business.id())
        .update();
    var answers =
        IntStream.range(0, 4)
            .mapToObj(
                each ->
                    CompletableFuture.supplyAsync(
                        () ->
                            caller.call(
                                "POST",
                                ALL,
                                Map.of("channel", "sms", "name", "new " + each, "body", "x"))))
            .toList()
            .stream()
            .map(each -> each.join().statusCode())
            .toList();
    assertThat(answers).containsExactlyInAnyOrder(201, 409, 409, 409);
  }

  @Test
  void a_request_that_comes_again_makes_no_second_one() {
    var body = service.text(Map.of("channel", "sms", "name", "x", "body", "x"));
    var first = post(body);
    var second = post(body);
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(names(ALL)).hasSize(1);
  }

  private java.net.http.HttpResponse<String> post(String body) {
    return service.send(
        service
            .request(ALL, "application/json")
            .header("Authorization", "Bearer " + caller.credential())
            .header("Idempotency-Key", "again-" + business.id())
            .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body)));
  }

  static Stream<List<String>> wrong() {
    return Stream.of(
        List.of("{}", "body,channel,name"),
        List.of("{'channel':'fax','name':'x','body':'x'}", "channel"),
        List.of("{'channel':'sms','name':' ','body':'x'}", "name"),
        List.of("{'channel':'sms','name':'" + "x".repeat(101) + "','body':'x'}", "name"),
        List.of("{'channel':'sms','name':'x','body':''}", "body"),
        List.of("{'channel':'sms','name':'x','body':'\\u0000'}", "body"),
        List.of("{'channel':'sms','name':'x','body':'" + "x".repeat(5001) + "'}", "body"),
        List.of("{'channel':'sms','name':'x','body':'{{sys:user.home}}'}", "body"),
        List.of("{'channel':'sms','name':'x','body':'{{contact.name'}", "body"),
        List.of("{'channel':'sms','name':'x','subject':'x','body':'x'}", "subject"),
        List.of("{'channel':'email','name':'x','subject':'{{x}}','body':'{{y}}'}", "body,subject"),
        List.of("{'channel':'email','name':'x','body':'x','html':'<b>'}", "html"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void what_is_wrong_is_named_with_what_to_do(List<String> wrong) {
    var errors = caller.ask(400, "POST", ALL, wrong.get(0).replace('\'', '"')).get("errors");
    assertThat(errors.findValuesAsText("field").stream().sorted())
        .containsExactly(wrong.get(1).split(","));
    assertThat(errors.findValuesAsText("detail"))
        .allSatisfy(detail -> assertThat(detail).hasSizeGreaterThan(15).doesNotContain("Fix this"));
    assertThat(names(ALL)).isEmpty();
  }

  @Test
  void a_preview_shows_a_lead_that_is_made_up_and_what_an_sms_takes() {
    var shown =
        caller.ask(
            200,
            "POST",
            PREVIEW,
            Map.of(
                "channel",
                "sms",
                "body",
                "{{business.name}}: {{contact.firstName}} “{{lead.subject}}”"));
    assertThat(shown.get("body").asText()).isEqualTo("Test business: Ada \"A new battery\"");
    assertThat(shown.get("subject").isNull()).isTrue();
    assertThat(shown.get("segments"))
        .isEqualTo(
            service.json("{\"encoding\":\"GSM-7\",\"units\":34,\"parts\":1,\"maxParts\":6}"));
    assertThat(preview("sms", "ж".repeat(135)).at("/segments/parts").asInt()).isEqualTo(3);
  }

  @Test
  void a_preview_of_a_real_lead_shows_what_is_known_of_it_and_reads_none_of_it() {
    var lead =
        service.lead(
            business,
            Map.of(
                "contactName", "{{agent.name}} ${exchange} <b>",
                "contactEmail", "ada@example.com",
                "subject", "Line\r\nBcc: x"));
    var agent = crowd.member(business, "agent");
    var shown =
        agent.ask(
            200,
            "POST",
            PREVIEW,
            Map.of(
                "channel",
                "email",
                "subject",
                "On {{lead.subject}}",
                "body",
                "Dear {{contact.name}}, {{contact.phone | no number}}, ${body} {{funnel.name}} {{lead.reference}} {{agent.name}}",
                "messageId",
                lead));
    assertThat(shown.get("subject").asText()).isEqualTo("On Line Bcc: x");
    assertThat(shown.get("body").asText())
        .startsWith("Dear {{agent.name}} ${exchange} <b>, no number, ${body} Test form ")
        .contains(com.callback.messaging.intake.submission.Reference.of(lead))
        .contains(" Person ");
    assertThat(shown.get("segments").isNull()).isTrue();
  }

  @Test
  void a_preview_changes_nothing_and_stands_in_no_trail() {
    preview("sms", "x");
    assertThat(
            service
                .database()
                .sql("select count(*) from messaging.audit_entries where business_id = ?")
                .param(business.id())
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void others_leads_and_templates_are_not_there() {
    var theirs = service.businessWithoutChannels();
    var lead =
        service.lead(theirs, Map.of("contactName", "Ada", "contactEmail", "ada@example.com"));
    caller.ask(
        404,
        "POST",
        PREVIEW,
        Map.of("channel", "sms", "body", "{{contact.name}}", "messageId", lead));
    caller.ask(404, "GET", ALL + "/" + UUID.randomUUID(), null);
  }

  @Test
  void a_viewer_reads_them_and_an_agent_writes_them() {
    var viewer = crowd.member(business, "viewer");
    var agent = crowd.member(business, "agent");
    var body = Map.of("channel", "sms", "name", "x", "body", "x");
    viewer.ask(403, "POST", ALL, body);
    agent.ask(201, "POST", ALL, body);
    assertThat(viewer.ask(200, "GET", ALL, null).get("templates")).hasSize(1);
    assertThat(
            service
                .database()
                .sql("select action from messaging.audit_entries where business_id = ?")
                .param(business.id())
                .query(String.class)
                .list())
        .containsExactly("createTemplate");
  }

  private JsonNode preview(String channel, String body) {
    return caller.ask(200, "POST", PREVIEW, Map.of("channel", channel, "body", body));
  }

  private JsonNode add(String channel, String name, String subject, String body) {
    var template = new java.util.HashMap<String, Object>();
    template.putAll(Map.of("channel", channel, "name", name, "body", body));
    if (subject != null) {
      template.put("subject", subject);
    }
    return caller.ask(201, "POST", ALL, template);
  }

  private List<String> names(String path) {
    var names = new java.util.ArrayList<String>();
    caller
        .ask(200, "GET", path, null)
        .get("templates")
        .forEach(each -> names.add(each.get("channel").asText() + " " + each.get("name").asText()));
    return names;
  }
}
