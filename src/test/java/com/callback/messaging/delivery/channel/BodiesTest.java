package com.callback.messaging.delivery.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.delivery.engine.Channels;
import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.delivery.engine.NeverDeliverableException;
import com.callback.messaging.delivery.engine.RefusedBySettingsException;
import com.callback.messaging.support.ProviderStandIn;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What each channel sends, held against what its provider accepts. */
@ServiceTest
class BodiesTest {

  /** Mentions, markup, template marks, quotes, and a body that would end the JSON. */
  private static final String HOSTILE =
      "Ada \"The\" <Čapek> & *bold* _x_ [a](https://evil.example) {{x}} ${y} @everyone <!channel> <users/all> <@U1> \\ \"}, `c` ~s~ 👩‍👩‍👧";

  @Autowired Bodies bodies;
  @Autowired Channels channels;
  @Autowired ObjectMapper json;

  static Stream<String> providers() {
    return ProviderStandIn.providers().stream().filter(name -> !name.matches("pushover|sms"));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void a_lead_is_written_as_its_provider_accepts_it(String channel) throws Exception {
    assertThat(ProviderStandIn.refusals(channel, body(channel, lead(HOSTILE, HOSTILE)))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void a_lead_longer_than_the_provider_takes_keeps_its_number_and_reference(String channel)
      throws Exception {
    var body = body(channel, lead(HOSTILE.repeat(20), ("é<&*" + HOSTILE + "\n").repeat(300)));

    assertThat(ProviderStandIn.refusals(channel, body)).isEmpty();
    assertThat(body.replace("\\", "")).contains("+61 491 570 156").contains("/inbox/");
  }

  @Test
  void a_message_of_thousands_of_short_lines_fits_into_a_card() throws Exception {
    var body = body("teams", lead("Ada", "x\n".repeat(5_000)));

    assertThat(ProviderStandIn.refusals("teams", body)).isEmpty();
    assertThat(body.length()).isBetween(25_000, 27_000);
    assertThat(body).contains("+61 491 570 156", "/inbox/");
  }

  @ParameterizedTest
  @MethodSource("providers")
  void a_test_is_written_as_its_provider_accepts_it(String channel) throws Exception {
    assertThat(ProviderStandIn.refusals(channel, body(channel, null))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void a_lead_with_a_name_only_is_written(String channel) throws Exception {
    var lead =
        "{\"id\":\"%1$s\",\"funnel_id\":\"%1$s\",\"contact_name\":\"Ada\",\"created_at\":\"2026-11-29T01:02:03Z\"}";

    var body = body(channel, json.readTree(lead.formatted(UUID.randomUUID())));

    assertThat(json.readTree(body).toString()).contains("Ada");
    assertThat(ProviderStandIn.refusals(channel, body)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "slack       | /text                | Ada \"The\" &lt;Čapek&gt; &amp; *bold*",
        "slack       | /text                | &lt;!channel&gt;",
        "discord     | /content             | Ada \"The\" \\<Čapek\\> & \\*bold\\* \\_x\\_ \\[a\\]\\(https\\://evil\\.example\\) \\{\\{x\\}\\}",
        "discord     | /content             | \\@everyone",
        "telegram    | /text                | Ada \"The\" <Čapek> & *bold*",
        "ntfy        | /message             | Ada \"The\" <Čapek> & *bold*",
        "google-chat | /text                | ‹users/all›",
        "teams       | /attachments/0/content/body/0/inlines/0/text | Ada \"The\" <Čapek> & *bold*",
        "whatsapp    | /template/components/0/parameters/0/text | Ada \"The\" <Čapek> & *bold*",
        "json        | /lead/name           | Ada \"The\" <Čapek> & *bold*",
        "queue       | /lead/name           | Ada \"The\" <Čapek> & *bold*"
      })
  void a_name_is_read_as_it_was_typed_and_mentions_nobody(
      String channel, String field, String expected) throws Exception {
    assertThat(json.readTree(body(channel, lead(HOSTILE, "x"))).at(field).asText())
        .contains(expected);
  }

  @Test
  void an_urgent_lead_is_urgent_on_a_phone() throws Exception {
    var urgent = lead("Ada", "x");
    ((ObjectNode) urgent).put("priority", "urgent");

    assertThat(json.readTree(body("ntfy", urgent)).get("priority").asInt()).isEqualTo(5);
    assertThat(json.readTree(body("ntfy", lead("Ada", "x"))).get("priority").asInt()).isEqualTo(3);
  }

  @Test
  void a_secret_recipient_that_is_missing_ends_the_delivery_with_its_remedy() {
    assertThatThrownBy(
            () -> bodies.text(delivery("slack", "lead", "…Hush", null, lead("Ada", "x"))))
        .isInstanceOf(NeverDeliverableException.class)
        .hasMessageStartingWith("The channel has no recipient: enter one such as https://hooks");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example/services/T00000000/B00000000/X", "not a URL"})
  void a_recipient_that_was_written_past_the_api_is_not_called(String recipient) {
    assertThatThrownBy(
            () -> bodies.text(delivery("slack", "lead", "…", recipient, lead("Ada", "x"))))
        .isInstanceOf(NeverDeliverableException.class)
        .hasMessageContaining("Webhook URL must look like")
        .hasMessageNotContaining(recipient);
  }

  @Test
  void a_url_in_a_reserved_network_waits_for_the_operator() {
    assertThatThrownBy(
            () ->
                bodies.text(
                    delivery("json", "lead", "…", "http://169.254.169.254/latest", lead("A", "x"))))
        .isInstanceOf(RefusedBySettingsException.class)
        .hasMessageContaining("MESSAGING_OUTBOUND_ALLOWED");
  }

  @Test
  void a_channel_without_a_body_waits_for_its_operator_who_reads_which_file_to_add() {
    assertThatThrownBy(() -> bodies.text(delivery("sms", "test", "+61491570156", null, null)))
        .isInstanceOf(RefusedBySettingsException.class)
        .hasMessage(
            "There is no body for it: the operator has to add config/templates/sms/body.json.mustache.");
  }

  @ParameterizedTest
  @CsvSource({
    "https://hooks.slack.com/services/T00000000/B00000000/Hush0Hush0Hush0Hush0x7Qd, https://hooks.slack.com/…x7Qd",
    "https://crm.example.com/a, https://crm.example.com/…",
    "leads-Hush0Hush0Hush0, …ush0",
    "leads, …"
  })
  void of_a_secret_recipient_its_host_and_its_end_are_shown(String recipient, String shown) {
    assertThat(Recipients.shown(recipient)).isEqualTo(shown);
  }

  private String body(String channel, JsonNode lead) throws JsonProcessingException {
    var format = channels.of(channel).recipient();
    var recipient =
        format == null
            ? null
            : Map.of("whatsapp", "+61491570156").getOrDefault(channel, format.example());
    return bodies.text(
        delivery(
            channel,
            lead == null ? "test" : "lead",
            recipient,
            format != null && format.isSecret() ? recipient : null,
            lead));
  }

  private JsonNode lead(String name, String message) {
    return json.createObjectNode()
        .put("id", UUID.randomUUID().toString())
        .put("funnel_id", UUID.randomUUID().toString())
        .put("funnel", name)
        .put("contact_name", name)
        .put("contact_phone", "+61 491 570 156")
        .put("contact_phone_e164", "+61491570156")
        .put("contact_email", "ada@example.com")
        .put("subject", name)
        .put("message", message)
        .put("priority", "medium")
        .put("created_at", "2026-11-29T01:02:03.456Z")
        .set(
            "metadata",
            json.createObjectNode().set("form", json.createObjectNode().put(name, message)));
  }

  private Delivery delivery(
      String channel, String cause, String recipient, String secret, JsonNode lead) {
    var target = json.createObjectNode();
    if (secret != null) {
      target.put("secretRecipient", secret);
    }
    return new Delivery(
        UUID.randomUUID(),
        UUID.randomUUID(),
        cause,
        channel,
        UUID.randomUUID(),
        recipient,
        1,
        1,
        0,
        "me",
        target,
        lead,
        json.createObjectNode().put("name", HOSTILE).put("timeZone", "UTC"),
        json.createObjectNode().put("by", "kim@example.com").put("at", "2026-11-29T01:02:03Z"),
        null,
        null);
  }
}
