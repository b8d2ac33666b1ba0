package com.callback.messaging.delivery.channel.email.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.delivery.channel.email.Identities;
import com.callback.messaging.platform.startup.StartFailure;
import com.callback.messaging.support.DnsServer;
import com.callback.messaging.support.MovableClock;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The check of the sender's domain as a whole. */
class EmailDomainsTest {

  private final DnsServer server = new DnsServer();
  private final MovableClock clock = new MovableClock();
  private final ObjectMapper json = JsonMapper.builder().findAndAddModules().build();

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void each_record_of_the_senders_domain_is_looked_up() throws Exception {
    server.txt("example.com", "v=spf1 mx -all").mx("example.com", 10, "mail.example.com");
    var checked = check(domains("callbacks@example.com", "s1", "s2"));
    assertThat(checked.get("domain").asText()).isEqualTo("example.com");
    assertThat(checked.get("advice").isNull()).isTrue();
    assertThat(checked.get("checks"))
        .extracting(
            each ->
                "%s %s %s"
                    .formatted(
                        each.get("check").asText(),
                        each.get("name").asText(),
                        each.get("state").asText()))
        .containsExactly(
            "mx example.com found",
            "spf example.com found",
            "dkim s1._domainkey.example.com missing",
            "dkim s2._domainkey.example.com missing",
            "dmarc _dmarc.example.com missing");
  }

  @Test
  void the_domain_of_reply_addresses_is_looked_up_last() throws Exception {
    server.mx("reply.example.com", 10, "mx.sendgrid.net");
    var replies =
        new ReplyDomain(new JndiDns(server.address()), "r@reply.example.com", "secret", "");

    var last = check(domains(replies, "callbacks@example.com", "s1")).at("/checks/4");

    assertThat(last.get("check").asText()).isEqualTo("reply-mx");
    assertThat(last.get("name").asText()).isEqualTo("reply.example.com");
    assertThat(last.get("state").asText()).isEqualTo("found");
  }

  @Test
  void what_does_not_answer_is_unknown_and_does_not_hold_up_the_rest() throws Exception {
    server
        .silent("example.com")
        .broken("s1._domainkey.example.com")
        .txt("_dmarc.example.com", "v=DMARC1; p=none");
    var checked = check(domains("callbacks@example.com", "s1"));
    assertThat(checked.get("checks"))
        .extracting(each -> each.get("check").asText() + " " + each.get("state").asText())
        .containsExactly("mx unknown", "spf unknown", "dkim unknown", "dmarc found");
  }

  @Test
  void a_check_ends_with_its_time_limit_whatever_dns_does() throws Exception {
    var never = new CountDownLatch(1);
    DnsRecords stuck =
        (name, type) -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return List.of();
        };
    var began = System.nanoTime();
    var checked =
        check(
            new EmailDomains(
                Identities.of("callbacks@example.com"),
                List.of("s1"),
                stuck,
                new ReplyDomain(stuck, "", "", ""),
                json,
                clock));
    assertThat(checked.findValuesAsText("state")).hasSize(4).containsOnly("unknown");
    assertThat(System.nanoTime() - began)
        .isBetween(
            EmailDomains.TIME_LIMIT.toNanos(), EmailDomains.TIME_LIMIT.plusSeconds(5).toNanos());
    never.countDown();
  }

  @Test
  void a_result_is_kept_for_ten_minutes() throws Exception {
    var domains = domains("callbacks@example.com", "s1");
    var first = domains.check();
    var queries = server.queries();
    server.txt("_dmarc.example.com", "v=DMARC1; p=none");
    assertThat(domains.check()).isEqualTo(first);
    assertThat(server.queries()).isEqualTo(queries);

    clock.advance(EmailDomains.KEPT_FOR);
    assertThat(check(domains).at("/checks/3/state").asText()).isEqualTo("found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"callbacks@localhost", "callbacks@[127.0.0.1]"})
  void a_sender_without_a_domain_is_told_to_have_one(String sender) throws Exception {
    var checked = check(domains(sender, "s1"));
    assertThat(checked.get("checks")).isEmpty();
    assertThat(checked.get("advice").asText()).contains("CHANNELS_EMAIL_FROM");
    assertThat(server.queries()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"s 1", "a/b"})
  void a_wrong_selector_stops_the_start(String selector) {
    assertThatThrownBy(() -> domains("callbacks@example.com", selector))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("CHANNELS_EMAIL_DKIM_SELECTORS");
  }

  private EmailDomains domains(String sender, String... selectors) {
    return domains(new ReplyDomain(null, "", "", ""), sender, selectors);
  }

  private EmailDomains domains(ReplyDomain replies, String sender, String... selectors) {
    return new EmailDomains(
        Identities.of(sender),
        List.of(selectors),
        new JndiDns(server.address()),
        replies,
        json,
        clock);
  }

  private JsonNode check(EmailDomains domains) throws JsonProcessingException {
    return json.readTree(domains.check());
  }
}
