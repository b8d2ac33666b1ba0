package com.callback.messaging.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.delivery.action.ActionLinks;
import com.callback.messaging.delivery.channel.webhook.WebhookVerifier;
import com.callback.messaging.intake.submission.PhoneNumbers;
import com.callback.messaging.platform.secrets.SecretBox;
import com.callback.messaging.platform.startup.MailCatcher;
import com.callback.messaging.sandbox.CaughtMail;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.callback.messaging.support.StandardWebhooks;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.camel.ProducerTemplate;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/**
 * Sends the leads of {@code leads.jsonl}, in which names, numbers and texts are as people type
 * them, and compares field by field what arrives. What may be changed on the way stands in {@link
 * Normalised}.
 */
@ServiceTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeadsTravelTest {

  private static final Pattern CALL_BY =
      Pattern.compile(" by (?:\\w{3} \\d{1,2} \\w{3} )?\\d\\d:\\d\\d(?=\\.)");

  private static final List<String> CHANNELS = List.of("email", "sms", "webhook");

  /** Each of these leads also comes as the two kinds of form. */
  private static final int EVERY = 3;

  private static final int CAUGHT = 5_000;

  @Autowired private Service service;
  @Autowired private PhoneNumbers phones;
  @Autowired private WebhookVerifier verifier;
  @Autowired private ActionLinks actionLinks;

  @Value("${channels.sms.max-parts}")
  private int maxParts;

  @Value("${messaging.public-url}")
  private String publicUrl;

  private final List<Expected> sent = new ArrayList<>();
  private final Map<String, Expected> harmless = new LinkedHashMap<>();
  @Autowired SecretBox box;
  private Business business;
  private RawMails mails;
  private Arrivals arrivals;

  @BeforeAll
  void send(
      @Autowired MailCatcher catcher,
      @Autowired CaughtMail caughtMail,
      @Autowired ProducerTemplate routes)
      throws Exception {
    mails = new RawMails(catcher, caughtMail, routes);
    business = service.business();
    var leads = Lead.ofFile();
    for (var i = 0; i < leads.size(); i++) {
      sent.add(send(leads.get(i), Transport.JSON));
      if (i % EVERY == 1) {
        sent.add(send(leads.get(i), Transport.URLENCODED));
        sent.add(send(leads.get(i), Transport.MULTIPART));
      }
    }
    for (var lead : sent) {
      harmless.computeIfAbsent(lead.shape(), shape -> send(lead.harmless(), lead.transport()));
    }
    arrivals = Arrivals.of(business, service, CAUGHT);
  }

  @AfterAll
  void stopListening() {
    mails.close();
  }

  private Expected send(Lead lead, Transport transport) {
    service.forgetRequests(business);
    var answer = service.send(transport.request(service, business, lead));
    assertThat(answer.statusCode())
        .as("%s as %s: %s", lead.label(), transport, answer.body())
        .isEqualTo(202);
    var body = service.json(answer.body());
    return Expected.of(
        lead,
        transport,
        UUID.fromString(body.path("id").asText()),
        body.path("createdAt").asText(),
        phones);
  }

  @Test
  void the_file_holds_two_hundred_leads() {
    assertThat(sent.stream().filter(lead -> lead.transport() == Transport.JSON)).hasSize(200);
    assertThat(sent.stream().filter(lead -> lead.transport().isForm())).hasSizeGreaterThan(100);
  }

  @Test
  void every_lead_arrives_exactly_once_on_each_channel_at_the_first_attempt() {
    SoftAssertions.assertSoftly(
        softly -> {
          for (var lead : sent) {
            for (var channel : CHANNELS) {
              softly
                  .assertThat(arrivals.deliveries(lead.id(), channel))
                  .as("deliveries of %s by %s", lead, channel)
                  .hasSize(1);
              softly
                  .assertThat(arrivals.caught(lead.id(), channel))
                  .as("%s by %s", lead, channel)
                  .hasSize(1);
            }
          }
        });
    var states =
        service
            .database()
            .sql(
                "select distinct channel || ' ' || state || ' ' || attempts from messaging.deliveries where business_id = ?")
            .param(business.id())
            .query(String.class)
            .list();
    assertThat(states)
        .containsExactlyInAnyOrder("email sent 1", "sms sent 1", "webhook delivered 1");
  }

  @Test
  void a_mail_names_the_lead_in_its_headers_and_nothing_else_gets_in() throws Exception {
    for (var lead : sent) {
      var mail = rawMail(lead);
      assertThat(mail.getSubject()).as("subject of %s", lead).satisfies(each -> isOf(lead, each));
      assertThat(only(mail, "To").getAddress()).isEqualTo(business.email());
      assertThat(only(mail, "From").getAddress()).isEqualTo("callbacks@localhost");
      assertThat(only(mail, "From").getPersonal()).isEqualTo("Test business");
      assertThat(mail.getMessageID())
          .isEqualTo("<%s@localhost>".formatted(delivery(lead, "email")));
      assertThat(headerNames(mail))
          .as("headers of %s", lead)
          .isEqualTo(headerNames(rawMail(harmless.get(lead.shape()))))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void a_reply_goes_to_the_lead_by_name() throws Exception {
    for (var lead : sent) {
      var mail = rawMail(lead);
      if (lead.email() == null) {
        assertThat(mail.getHeader("Reply-To")).as("%s", lead).isNull();
        continue;
      }
      // The second one is that of the conversation.
      var replyTo = (InternetAddress) mail.getReplyTo()[0];
      assertThat(replyTo.getAddress()).as("address of %s", lead).isEqualTo(lead.email());
      assertThat(replyTo.getPersonal())
          .as("name of %s", lead)
          .isEqualTo(Normalised.header(lead.name(), Normalised.LONGEST_NAME));
    }
  }

  @Test
  void a_mail_says_every_field_as_text() {
    SoftAssertions.assertSoftly(
        softly ->
            sent.forEach(
                lead -> {
                  var text =
                      Normalised.lineEnds(arrivals.one(lead.id(), "email").path("body").asText());
                  for (var line : linesOf(lead)) {
                    softly.assertThat(text).as("%s", lead).contains(line);
                  }
                }));
  }

  private List<String> linesOf(Expected lead) {
    var lines = new ArrayList<String>();
    lines.add((lead.isUrgent() ? "Urgent: " : "") + lead.name() + " asks to ");
    lines.add(lead.phone() == null ? "hear from you.\n" : "be called back.\n");
    addIf(lead.phone(), "\nPhone:      %s\n", lines);
    addIf(lead.phoneTyped(), "\nAs typed:   %s\n", lines);
    addIf(lead.email(), "\nE-mail:     %s\n", lines);
    addIf(lead.subject(), "\nAbout:      %s\n", lines);
    addIf(lead.message(), "\n\n%s\n", lines);
    addIf(lead.priority(), "\nPriority:   %s\n", lines);
    addIf(lead.reference(), "\nReference:  %s\n", lines);
    lead.further().forEach((name, value) -> addIf(name + ": " + value, "\n%s\n", lines));
    addIf(inboxLink(lead), "\nOpen in inbox: %s\n", lines);
    return lines;
  }

  private static void addIf(String value, String line, List<String> lines) {
    if (value != null) {
      lines.add(line.formatted(Normalised.lineEnds(value)));
    }
  }

  @Test
  void a_mail_says_every_field_in_html_and_takes_no_markup_from_anybody() {
    SoftAssertions.assertSoftly(
        softly ->
            sent.forEach(
                lead -> {
                  var html = html(lead);
                  softly
                      .assertThat(html.texts().stream().map(Normalised::lineEnds))
                      .as("%s", lead)
                      .containsAll(textsOf(lead));
                  softly
                      .assertThat(html.links("tel"))
                      .as("%s", lead)
                      .isEqualTo(
                          lead.phoneE164() == null ? Set.of() : Set.of("tel:" + lead.phoneE164()));
                  softly
                      .assertThat(html.links("http"))
                      .as("%s", lead)
                      .hasSize(2)
                      .contains(inboxLink(lead))
                      .anyMatch(link -> isActionLink(link, lead, "email", business.email()));
                  softly
                      .assertThat(html.links("mailto").stream().map(LeadsTravelTest::recipient))
                      .as("%s", lead)
                      .isEqualTo(lead.email() == null ? List.of() : List.of(lead.email()));
                  softly
                      .assertThat(html.elements())
                      .as("elements of %s", lead)
                      .isEqualTo(html(harmless.get(lead.shape())).elements());
                }));
  }

  private static List<String> textsOf(Expected lead) {
    var texts = new ArrayList<String>();
    texts.add(lead.name());
    texts.add(lead.phone());
    texts.add(lead.phoneTyped());
    texts.add(lead.email());
    texts.add(lead.subject());
    texts.add(lead.message());
    texts.add(lead.priority());
    texts.add(lead.reference());
    texts.addAll(lead.further().keySet());
    texts.addAll(lead.further().values());
    texts.removeIf(text -> text == null);
    return texts.stream().map(Normalised::lineEnds).toList();
  }

  /** Whom a click writes to; parameters, which would add recipients or texts, are none. */
  private static String recipient(String mailto) {
    assertThat(mailto).doesNotContain("?", "&");
    return URLDecoder.decode(mailto.substring("mailto:".length()).replace("+", "%2B"), UTF_8);
  }

  @Test
  void a_short_message_begins_with_whom_to_call_and_takes_no_more_parts_than_are_paid_for() {
    SoftAssertions.assertSoftly(
        softly ->
            sent.forEach(
                lead -> {
                  var sms = arrivals.one(lead.id(), "sms");
                  var text = sms.path("body").asText();
                  softly
                      .assertThat(text)
                      .as("%s", lead)
                      .satisfies(sent -> isWholeOrHasNumberAndReference(sent, lead));
                  softly.assertThat(sms.path("to").asText()).isEqualTo(business.phone());
                  var headers = sms.path("headers");
                  softly
                      .assertThat(headers.path("encoding").asText())
                      .as("%s: %s", lead, text)
                      .isEqualTo(SmsAlphabet.isGsm7(text) ? "GSM-7" : "UCS-2");
                  softly
                      .assertThat(headers.path("length").asInt())
                      .isEqualTo(SmsAlphabet.units(text));
                  softly
                      .assertThat(headers.path("segments").asInt())
                      .isEqualTo(SmsAlphabet.parts(text))
                      .isBetween(1, maxParts);
                }));
  }

  /** Where it is too long, the name gives way: number and reference tell it from all others. */
  private static void isOf(Expected lead, String subject) {
    var end = lead.phone() == null ? "" : " on " + lead.phone();
    var reference = " (" + lead.reference() + ")";
    var whole =
        Normalised.header(
            (lead.isUrgent() ? "Urgent: " : "") + lead.summary() + reference, Integer.MAX_VALUE);
    if (whole.codePointCount(0, whole.length()) <= Normalised.LONGEST_SUBJECT) {
      assertThat(subject).isEqualTo(whole);
    } else {
      assertThat(subject)
          .endsWith(Normalised.header(end + reference, Integer.MAX_VALUE))
          .startsWith(whole.substring(0, whole.offsetByCodePoints(0, 60)));
      assertThat(subject.codePointCount(0, subject.length()))
          .isBetween(Normalised.LONGEST_SUBJECT / 2, Normalised.LONGEST_SUBJECT);
    }
  }

  /** When to call back at the latest: it follows from when the lead came in. */
  private static String callBy(String text) {
    var by = CALL_BY.matcher(text);
    return by.find() ? by.group() : "";
  }

  private String wholeSms(Expected lead, String callBy) {
    var contact = lead.phone() == null || lead.email() == null ? "" : ", " + lead.email();
    return Normalised.sms(
        (lead.isUrgent() ? "URGENT: " : "")
            + lead.summary()
            + contact
            + callBy
            + ". Test form, ref "
            + lead.reference());
  }

  private boolean isActionLink(String link, Expected lead, String channel, String address) {
    var prefix = publicUrl + "/a/";
    if (!link.startsWith(prefix)) {
      return false;
    }
    var read = actionLinks.read(link.substring(prefix.length()));
    return read.lead().equals(lead.id()) && actionLinks.isFor(read, channel, address);
  }

  private String inboxLink(Expected lead) {
    return publicUrl + "/inbox/" + lead.id();
  }

  /**
   * The link is there where it costs no further part. What is cut is what was typed: nobody can
   * call back without a number.
   */
  private void isWholeOrHasNumberAndReference(String text, Expected lead) {
    var whole = wholeSms(lead, callBy(text));
    var linked = whole + "\n" + actionLinks.of(lead.id(), "sms", business.phone());
    if (SmsAlphabet.parts(whole) <= maxParts) {
      if (SmsAlphabet.parts(linked) == SmsAlphabet.parts(whole)) {
        assertThat(text).startsWith(whole + "\n").hasSameSizeAs(linked);
        assertThat(text.substring(whole.length() + 1))
            .matches(link -> isActionLink(link, lead, "sms", business.phone()));
      } else {
        assertThat(text).isEqualTo(whole);
      }
    } else {
      assertThat(text).endsWith(", ref " + lead.reference());
      if (lead.phone() != null) {
        assertThat(text).contains(" on " + lead.phone());
      }
    }
  }

  @Test
  void a_webhook_is_told_every_field_unchanged() {
    for (var lead : sent) {
      var body = webhookBody(lead);
      var data = (ObjectNode) body.path("data");
      assertThat(body.path("type").asText()).isEqualTo("message.created");
      for (var time : List.of(body.path("timestamp"), data.remove("createdAt"))) {
        assertThat(Instant.parse(time.asText())).isEqualTo(Instant.parse(lead.createdAt()));
      }
      assertThat((Object) data).as("%s", lead).isEqualTo(lead.webhookData(business));
    }
  }

  @Test
  void a_webhook_is_signed_with_the_secret_of_its_subscription() {
    var secret =
        service
            .database()
            .sql(
                "select w.secret from messaging.webhook_secrets w join messaging.webhook_subscriptions s on s.id = w.subscription_id where s.business_id = ?")
            .param(business.id())
            .query(String.class)
            .single();
    secret = box.open(secret, "webhooks of " + business.id());
    for (var lead : sent) {
      var call = arrivals.one(lead.id(), "webhook");
      var headers = new LinkedHashMap<String, String>();
      call.path("headers")
          .properties()
          .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
      assertThat(headers).containsEntry("webhook-id", delivery(lead, "webhook").toString());
      var body = call.path("body").asText();
      assertThat(verifier.refusal(headers, body.getBytes(UTF_8), secret)).as("%s", lead).isEmpty();
      assertThat(StandardWebhooks.accept(headers, body, secret)).as("%s", lead).isTrue();
    }
  }

  @Test
  void numbers_in_metadata_arrive_digit_for_digit() throws Exception {
    var metadata =
        "{\"id\":9007199254740993,\"price\":0.1,\"tiny\":1e-7,\"long\":123456789012345678901234567890.125}";
    var another = service.business();
    var lead =
        Lead.of(
            "numbers",
            "{\"contactName\":\"Ada\",\"contactEmail\":\"ada@example.com\",\"metadata\":"
                + metadata
                + "}");
    var answer = service.send(Transport.JSON.request(service, another, lead));
    var id = UUID.fromString(service.json(answer.body()).path("id").asText());
    var body = Arrivals.of(another, service, 100).one(id, "webhook").path("body").asText();
    assertThat(body)
        .contains("9007199254740993", "0.1", "123456789012345678901234567890.125")
        .containsAnyOf("1e-7", "1E-7", "0.0000001");
  }

  private ObjectNode webhookBody(Expected lead) {
    try {
      return (ObjectNode)
          Lead.JSON.readTree(arrivals.one(lead.id(), "webhook").path("body").asText());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HtmlShape html(Expected lead) {
    return HtmlShape.of(arrivals.one(lead.id(), "email").path("html").asText());
  }

  private UUID delivery(Expected lead, String channel) {
    return arrivals.deliveries(lead.id(), channel).get(0);
  }

  private MimeMessage rawMail(Expected lead) {
    return mails.withId("<%s@localhost>".formatted(delivery(lead, "email").toString()));
  }

  private static InternetAddress only(MimeMessage mail, String header) throws Exception {
    assertThat(mail.getHeader(header)).hasSize(1);
    var addresses = InternetAddress.parseHeader(mail.getHeader(header)[0], true);
    assertThat(addresses).hasSize(1);
    return addresses[0];
  }

  private static List<String> headerNames(MimeMessage mail) throws Exception {
    return Collections.list(mail.getAllHeaders()).stream().map(header -> header.getName()).toList();
  }
}
