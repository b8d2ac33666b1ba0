package com.callback.messaging.delivery.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import com.callback.messaging.platform.logs.MaskedLog;
import com.callback.messaging.support.RawHttp;
import com.callback.messaging.support.Service.Business;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/**
 * With every logger at TRACE, leads pass through all channels, arrive, fail and are refused, and
 * nothing of them is in the log.
 */
class NothingPersonalIsLoggedTest extends PlayedProviders {

  private static final Map<String, Object> LEAD =
      Map.of(
          "contactName", "Zebulon Quillfeather",
          "contactPhone", "+61 491 570 313",
          "contactEmail", "zebulon@quillfeather.example",
          "subject", "Marzipan gutters",
          "message", "The aardvark sings at midnight",
          "metadata", Map.of("page", "peppermint-landing"));

  private static final List<String> CANARIES =
      List.of(
          "Zebulon",
          "Quillfeather",
          "491 570 313",
          "491570313",
          "491+570+313",
          "quillfeather",
          "Marzipan",
          "aardvark",
          "peppermint",
          "cbk_",
          "whsec_",
          "@example.com");

  /** What would quote most, if it were let. */
  private static final List<String> TALKATIVE =
      List.of(
          "org.apache.hc.client5.http.wire",
          "org.apache.hc.client5.http.headers",
          "org.apache.camel",
          "org.apache.coyote.http11",
          "org.apache.activemq",
          "org.eclipse.angus.mail",
          "com.sun.mail",
          "org.postgresql",
          "org.springframework.jdbc.core",
          "org.springframework.web",
          "org.subethamail",
          "com.networknt");

  private static final String FORM =
      "contactName=Zebulon+Quillfeather&contactPhone=0491+570+313&message=The+aardvark&contactEmail=zebulon%40quillfeather.example";

  @Autowired Environment settings;

  private final Written written = new Written();
  private final Map<String, Level> before = new HashMap<>();
  private final Map<MaskedLog, Appender<ILoggingEvent>> quiet = new HashMap<>();
  private LoggerContext log;

  @BeforeEach
  void log_everything() {
    log = (LoggerContext) LoggerFactory.getILoggerFactory();
    log.getLoggerList().stream()
        .filter(logger -> logger.getLevel() != null)
        .forEach(logger -> before.put(logger.getName(), logger.getLevel()));
    written.start(log);
    root()
        .iteratorForAppenders()
        .forEachRemaining(
            appender -> {
              var masked = (MaskedLog) appender;
              var console = masked.iteratorForAppenders().next();
              quiet.put(masked, console);
              masked.detachAppender(console);
              masked.addAppender(written);
            });
    before.keySet().forEach(name -> log.getLogger(name).setLevel(Level.TRACE));
    TALKATIVE.forEach(name -> log.getLogger(name).setLevel(Level.TRACE));
  }

  private void logAsBefore() {
    TALKATIVE.forEach(name -> log.getLogger(name).setLevel(null));
    before.forEach((name, level) -> log.getLogger(name).setLevel(level));
    quiet.forEach(
        (masked, console) -> {
          masked.detachAppender(written);
          masked.addAppender(console);
        });
  }

  @AfterEach
  void nothing_of_a_lead_is_there() throws IOException {
    try {
      requireNothingOfALead();
    } finally {
      logAsBefore();
    }
  }

  private void requireNothingOfALead() throws IOException {
    LoggerFactory.getLogger(NothingPersonalIsLoggedTest.class).trace("Logged at TRACE");
    logAsBefore();
    assertThat(said("Logged at TRACE")).isNotNull();
    assertThat(written.entries).allSatisfy(entry -> assertThat(entry).doesNotContain(CANARIES));
    var data = settings.getRequiredProperty("messaging.data-dir");
    assertThat(Files.readString(Path.of(data, "postgres.log"))).doesNotContain(CANARIES);
  }

  @Test
  void of_a_lead_that_arrives_everywhere() {
    var business = business("email", "sms", "webhook");
    var lead = service.lead(business, LEAD);
    for (var channel : List.of("email", "sms")) {
      await().until(() -> is(lead, channel, "sent"));
    }
    await().until(() -> is(lead, "webhook", "delivered"));

    assertThat(form(business, "application/x-www-form-urlencoded", FORM)).isLessThan(400);
    var multipart =
        "--cut\r\nContent-Disposition: form-data; name=\"funnelId\"\r\n\r\n"
            + business.funnel()
            + "\r\n--cut\r\nContent-Disposition: form-data; name=\"contactName\"\r\n\r\n"
            + "Zebulon Quillfeather\r\n--cut\r\n"
            + "Content-Disposition: form-data; name=\"contactPhone\"\r\n\r\n0491 570 313\r\n--cut--\r\n";
    assertThat(form(business, "multipart/form-data; boundary=cut", multipart)).isLessThan(400);
    assertThat(service.call("GET", "/api/messages", key(business), null).body())
        .contains("Quillfeather");
  }

  /** Otherwise this class could not tell. */
  @Test
  void and_without_the_filter_it_would_be_there() {
    var filters = List.copyOf(log.getTurboFilterList());
    assertThat(filters).isNotEmpty();
    // Mails of other tests may be on their way meanwhile.
    before.keySet().forEach(name -> log.getLogger(name).setLevel(Level.WARN));
    TALKATIVE.forEach(name -> log.getLogger(name).setLevel(Level.WARN));
    log.getLogger(TALKATIVE.get(0)).setLevel(Level.DEBUG);
    log.resetTurboFilterList();
    try {
      var lead = service.lead(business("webhook"), LEAD);
      await().until(() -> is(lead, "webhook", "delivered"));
      assertThat(said("Quillfeather")).isNotNull();
    } finally {
      filters.forEach(log::addTurboFilter);
      before.keySet().forEach(name -> log.getLogger(name).setLevel(Level.TRACE));
      written.entries.removeIf(entry -> entry.contains(TALKATIVE.get(0)));
    }
  }

  @Test
  void of_a_lead_that_no_far_end_takes() {
    var echo = service.text(LEAD);
    FIRST.usually(500, Map.of("X-Echo", "Quillfeather"), echo);
    SECOND.usually(400, Map.of(), echo);
    MAIL.refuse(550);
    MAIL_STANDBY.refuse(451);
    receiver.usually(503, Map.of("X-Echo", "Quillfeather"), echo);
    var business = business("email", "sms", "webhook");
    var lead = service.lead(business, LEAD);
    for (var channel : List.of("email", "sms", "webhook")) {
      var delivery = delivery(lead, channel);
      await().until(() -> attempts(delivery) > 0 && !state(delivery).equals("sending"));
      await().until(() -> said(delivery.toString()) != null);
    }

    receiver.usually(0, Map.of(), "");
    var hungUp = delivery(service.lead(business("webhook"), LEAD), "webhook");
    await().until(() -> said(hungUp.toString()) != null);
    receiver.close();
    var gone = delivery(service.lead(business("webhook"), LEAD), "webhook");
    await().until(() -> said(gone.toString()) != null);
  }

  @Test
  void of_a_lead_that_the_database_refuses() {
    var business = business("webhook");
    refusing("public.messages", "insert", "new.business_id", business.id());
    try {
      assertThat(service.post(with(business, LEAD)).statusCode()).isGreaterThanOrEqualTo(400);
      await().until(() -> said("A value that the database") != null || said("Unexpected") != null);
    } finally {
      allowing("public.messages");
    }
    refusing("messaging.deliveries", "update", "new.business_id", business.id());
    try {
      service.lead(business, LEAD);
      await().until(() -> said("failed and will be tried again") != null);
    } finally {
      allowing("messaging.deliveries");
    }
  }

  @Test
  void of_a_request_that_is_refused() {
    var business = service.businessWithoutChannels();
    var wrong = new HashMap<>(LEAD);
    wrong.remove("contactEmail");
    wrong.put("contactPhone", "Quillfeather");
    assertThat(service.post(with(business, wrong)).statusCode()).isEqualTo(400);
    assertThat(service.post("{\"contactName\": \"Zebulon Quillfeather\", aardvark").statusCode())
        .isEqualTo(400);
    assertThat(service.post("{\"Quillfeather\": [\"aardvark\u0000\"]}").statusCode())
        .isEqualTo(400);
    var raw = new RawHttp(service);
    raw.send("GET", "/api/messages?Quillfeather={aardvark}|", "", new byte[0]);
    raw.send("GET", "/f/Quillfeather%00aardvark?x=%zz", "", new byte[0]);
    raw.send("GET", "/f/x", "Bad Header Quillfeather: aardvark\r\n", new byte[0]);
    raw.send(
        "POST",
        "/api/messages",
        "Content-Type: multipart/form-data; boundary=Quillfeather\r\n",
        "--aardvark".getBytes(UTF_8));
    service.call("GET", "/api/messages/Quillfeather", key(business), null);
    service.call("GET", "/api/messages", "cbk_" + "0".repeat(64), null);
    service.call("GET", "/api/messages", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhYXJkdmFyayJ9.", null);
    service.call(
        "POST",
        "/api/webhook-subscriptions",
        service.key(business, "webhooks:write", "messages:read"),
        Map.of("url", receiver.url(), "headers", Map.of("X-Key", "Quillfeather")));
  }

  private int form(Business business, String type, String body) {
    var whole = type.startsWith("multipart") ? body : body + "&funnelId=" + business.funnel();
    return service
        .send(service.request("/api/messages", type).POST(BodyPublishers.ofString(whole)))
        .statusCode();
  }

  private String key(Business business) {
    return service.key(business, "messages:read");
  }

  private static Map<String, Object> with(Business business, Map<String, Object> lead) {
    var body = new HashMap<>(lead);
    body.put("funnelId", business.funnel());
    return body;
  }

  /** A table that refuses a business's rows, and says so with what is in them. */
  private void refusing(String table, String change, String column, UUID business) {
    service
        .database()
        .sql(
            """
            create function messaging.refuse_for_test() returns trigger language plpgsql as $$
            begin
              if %s = '%s' then
                raise exception 'Refused: %% Zebulon Quillfeather', new
                  using errcode = '22000', detail = 'Quillfeather, aardvark', hint = 'Marzipan';
              end if;
              return new;
            end $$
            """
                .formatted(column, business))
        .update();
    service
        .database()
        .sql(
            "create trigger refuse_for_test before %s on %s for each row execute function messaging.refuse_for_test()"
                .formatted(change, table))
        .update();
  }

  private void allowing(String table) {
    service.database().sql("drop trigger refuse_for_test on " + table).update();
    service.database().sql("drop function messaging.refuse_for_test()").update();
  }

  private String said(String words) {
    return written.entries.stream().filter(entry -> entry.contains(words)).findFirst().orElse(null);
  }

  private Logger root() {
    return log.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  /** Keeps entries as the log would show them, with everything that a pattern can show. */
  private static final class Written extends AppenderBase<ILoggingEvent> {

    private final Queue<String> entries = new ConcurrentLinkedQueue<>();
    private final PatternLayout layout = new PatternLayout();

    void start(LoggerContext context) {
      setContext(context);
      layout.setContext(context);
      layout.setPattern("%level %logger [%thread] %mdc %kvp %msg%n%xEx");
      layout.start();
      start();
    }

    @Override
    protected void append(ILoggingEvent event) {
      entries.add(layout.doLayout(event));
    }
  }
}
