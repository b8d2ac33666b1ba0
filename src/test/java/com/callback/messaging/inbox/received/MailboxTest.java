package com.callback.messaging.inbox.received;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.platform.startup.OperatingMode;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Flags.Flag;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real mailbox is read by the route as it stands in its file; what it calls is recorded here. */
class MailboxTest {

  private static final YAMLMapper YAML = new YAMLMapper();

  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP).dynamicPort());
  private final CamelContext camel = new DefaultCamelContext();
  private final List<Object> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();

  @BeforeEach
  void a_mailbox() throws Exception {
    server.start();
    server.setUser("replies@example.com", "replies", "secret");
    camel.getRegistry().bind("mailboxMails", new MailboxMails(reader(), settings()));
    camel
        .getRegistry()
        .bind(
            "imapProperties",
            new Mailbox().imapProperties("5000", List.of(), "", OperatingMode.DEVELOPMENT));
    camel.getPropertiesComponent().setOverrideProperties(properties());
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:receive-reply")
                .errorHandler(noErrorHandler())
                .process(
                    exchange -> {
                      if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        throw new IllegalStateException("The database is away");
                      }
                      received.add(exchange.getVariable("received"));
                    });
          }
        });
    load("routes/errors.yaml", "routeConfiguration", "mailbox-errors");
    load("routes/inbox/receive-replies.yaml", "route", "receive-imap-mail");
    camel.start();
  }

  @AfterEach
  void stop() {
    camel.stop();
    server.stop();
  }

  @Test
  void a_mail_is_read_once_and_seen_afterwards() throws Exception {
    deliver("Four is fine.");
    await().until(() -> isSeen(0));
    deliver("Or five.");
    await().until(() -> isSeen(1));
    assertThat(received)
        .extracting(mail -> ((ReceivedMail) mail).text().strip())
        .containsExactly("Four is fine.", "Or five.");
  }

  @Test
  void a_mail_that_cannot_be_added_stays_unseen_and_is_read_again() throws Exception {
    // Once, and twice more at once: then the next poll.
    failures.set(3);
    deliver("Four is fine.");
    await().until(() -> failures.get() == 0);
    assertThat(isSeen(0)).isFalse();
    await().until(() -> isSeen(0));
    assertThat(received).hasSize(1);
  }

  @Test
  void a_mail_that_is_too_large_is_left_in_the_mailbox() throws Exception {
    deliver("x".repeat(70_000));
    await().until(() -> isSeen(0));
    assertThat(received).containsExactly(Refusal.TOO_LARGE);
  }

  private void deliver(String text) throws Exception {
    var mail = "From: ada@example.com\r\nSubject: Re: A roof\r\n\r\n" + text + "\r\n";
    server
        .getManagers()
        .getUserManager()
        .getUser("replies")
        .deliver(
            new MimeMessage(
                (Session) null,
                new ByteArrayInputStream(mail.getBytes(StandardCharsets.US_ASCII))));
  }

  private boolean isSeen(int place) throws Exception {
    MailFolder inbox =
        server
            .getManagers()
            .getImapHostManager()
            .getInbox(server.getManagers().getUserManager().getUser("replies"));
    return inbox.getMessages().get(place).getFlags().contains(Flag.SEEN);
  }

  private java.util.Properties properties() {
    var properties = new java.util.Properties();
    properties.putAll(
        Map.of(
            "channels.email.inbound.imap.scheme", "imap",
            "channels.email.inbound.imap.host", "127.0.0.1",
            "channels.email.inbound.imap.port", "" + server.getImap().getPort(),
            "channels.email.inbound.imap.username", "replies",
            "channels.email.inbound.imap.password", "secret",
            "channels.email.inbound.imap.folder", "INBOX",
            "channels.email.inbound.imap.poll-ms", "200",
            "channels.email.timeout-ms", "5000"));
    return properties;
  }

  private void load(String file, String kind, String id) throws Exception {
    var found =
        StreamSupport.stream(YAML.readTree(Path.of(file).toFile()).spliterator(), false)
            .filter(part -> part.at("/" + kind + "/id").asText().equals(id))
            .map(JsonNode.class::cast)
            .toList();
    PluginHelper.getRoutesLoader(camel)
        .loadRoutes(ResourceHelper.fromString(id + ".yaml", YAML.writeValueAsString(found)));
  }

  private static MailReader reader() {
    return new MailReader("callbacks@localhost");
  }

  private static InboundSettings settings() {
    return InboundSettingsTest.with(Map.of("max-size", "64KB"));
  }
}
