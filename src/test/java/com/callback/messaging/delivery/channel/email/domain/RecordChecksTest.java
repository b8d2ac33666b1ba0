package com.callback.messaging.delivery.channel.email.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.platform.startup.StartFailure;
import com.callback.messaging.support.DnsServer;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MX, SPF, DKIM and DMARC of a domain, in a DNS server of the test's own. */
class RecordChecksTest {

  private static final String DOMAIN = "example.com";
  private static final String KEY_NAME = "s1._domainkey.example.com";

  private final DnsServer server = new DnsServer();
  private final DnsRecords dns = new JndiDns(server.address());
  private final RecordChecks checks = new RecordChecks(dns);
  private final SpfCheck spf = new SpfCheck(dns);

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void a_mail_server_is_found_and_its_absence_named() {
    assertThat(checks.mx(DOMAIN).state()).isEqualTo("missing");
    server.mx(DOMAIN, 10, "mail.example.com").mx(DOMAIN, 20, "backup.example.com");
    assertThat(checks.mx(DOMAIN).records())
        .containsExactlyInAnyOrder("10 mail.example.com.", "20 backup.example.com.");
    assertThat(checks.mx(DOMAIN).advice()).isNull();
  }

  @Test
  void a_domain_that_says_it_takes_no_mail_gets_no_replies() {
    server.mx(DOMAIN, 0, "");
    assertThat(checks.mx(DOMAIN).state()).isEqualTo("wrong");
    assertThat(checks.mx(DOMAIN).advice()).contains("takes no mail");
  }

  // Replies

  @ParameterizedTest
  @CsvSource({
    "secret, '', mx.sendgrid.net, found",
    "secret, '', MX.eu.SendGrid.net, found",
    "secret, '', mail.example.com, wrong",
    "secret, '', mx.sendgrid.net.evil.example, wrong",
    "secret, '', '', missing",
    "'', imap.example.com, mail.example.com, found",
    "'', imap.example.com, mx.sendgrid.net, wrong",
    "'', imap.example.com, '', missing",
    "secret, imap.example.com, mail.example.com, found",
    "'', '', mx.sendgrid.net, wrong"
  })
  void mail_for_a_reply_address_has_to_arrive_where_it_is_read(
      String parseSecret, String mailbox, String host, String state) {
    if (!host.isEmpty()) {
      server.mx("reply.example.com", 10, host);
    }
    var replies = new ReplyDomain(dns, "reply@reply.example.com", parseSecret, mailbox);

    assertThat(replies.check().state()).isEqualTo(state);
    assertThat(replies.check().advice() == null).isEqualTo(state.equals("found"));
  }

  @Test
  void mail_that_may_arrive_elsewhere_as_well_does_not_reach_inbound_parse() {
    server
        .mx("reply.example.com", 10, "mx.sendgrid.net")
        .mx("reply.example.com", 20, "mail.example.com");
    assertThat(new ReplyDomain(dns, "reply@reply.example.com", "secret", "").check().state())
        .isEqualTo("wrong");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "reply@localhost", "reply@[127.0.0.1]"})
  void a_reply_address_without_a_domain_is_not_looked_up(String address) {
    assertThat(new ReplyDomain(dns, address, "secret", "").isOn()).isFalse();
  }

  // SPF

  @Test
  void an_spf_record_is_found_among_other_texts_with_all_that_it_includes() {
    server
        .txt(DOMAIN, "google-site-verification=abc")
        .txt(DOMAIN, "v=spf1 mx include:sendgrid.net include:%{d}._spf.example.net ~all")
        .txt("sendgrid.net", "v=spf1 ip4:167.89.0.0/17 include:ab.sendgrid.net ~all")
        .txt("ab.sendgrid.net", "v=spf1 ip4:223.165.113.0/24 -all");
    var found = spf.of(DOMAIN);
    assertThat(found.state()).as(found.advice()).isEqualTo("found");
    assertThat(found.records())
        .containsExactly("v=spf1 mx include:sendgrid.net include:%{d}._spf.example.net ~all");
  }

  @Test
  void a_missing_spf_record_is_written_out() {
    server.txt(DOMAIN, "v=spf10 is another thing");
    assertThat(spf.of(DOMAIN).state()).isEqualTo("missing");
    assertThat(spf.of(DOMAIN).advice()).contains("example.com", "v=spf1 include:sendgrid.net ~all");
  }

  @Test
  void two_spf_records_are_as_good_as_none() {
    server.txt(DOMAIN, "v=spf1 mx -all").txt(DOMAIN, "v=spf1 include:sendgrid.net ~all");
    assertThat(spf.of(DOMAIN).state()).isEqualTo("wrong");
    assertThat(spf.of(DOMAIN).records()).hasSize(2);
    assertThat(spf.of(DOMAIN).advice()).contains("merge them into one");
  }

  @ParameterizedTest
  @CsvSource({"10, found", "11, wrong"})
  void an_spf_record_has_ten_lookups_at_most_those_of_its_includes_counted(
      int lookups, String state) {
    server
        .txt(DOMAIN, "v=spf1 include:more.example.net " + "a ".repeat(lookups - 3) + "~all")
        .txt("more.example.net", "v=spf1 mx exists:x.example.net ip4:192.0.2.1 -all");
    assertThat(spf.of(DOMAIN).state()).as(spf.of(DOMAIN).advice()).isEqualTo(state);
  }

  @Test
  void a_record_that_includes_itself_comes_to_an_end() {
    server.txt(DOMAIN, "v=spf1 include:example.com ~all");
    assertThat(spf.of(DOMAIN).advice()).contains("more than ten look-ups");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v=spf1 +all                        | lets every server send",
        "v=spf1 all                         | lets every server send",
        "v=spf1 include:gone.example.net ~all | no SPF record",
        "v=spf1 redirect=gone.example.net   | no SPF record",
        "v=spf1 include:ldap://127.0.0.1/x ~all | no SPF record",
        "v=spf1 ipv4:192.0.2.1 ~all         | \"ipv4:192.0.2.1\", which does not exist"
      })
  void a_wrong_spf_record_says_what_to_correct(String record, String advice) {
    server.txt(DOMAIN, record);
    assertThat(spf.of(DOMAIN).state()).isEqualTo("wrong");
    assertThat(spf.of(DOMAIN).advice()).contains(advice);
  }

  @Test
  void a_redirect_beside_all_is_not_followed() {
    server.txt(DOMAIN, "v=spf1 mx redirect=gone.example.net exp=why.example.net -all");
    assertThat(spf.of(DOMAIN).state()).isEqualTo("found");
  }

  // DKIM

  @ParameterizedTest
  @CsvSource({"2048, found", "1024, found", "512, wrong"})
  void a_key_is_found_behind_an_alias_and_long_enough(int bits, String state) throws Exception {
    server
        .cname(KEY_NAME, "s1.domainkey.u1.wl.sendgrid.net")
        .txt("s1.domainkey.u1.wl.sendgrid.net", "k=rsa; t=s; p=" + rsaKey(bits));
    var check = checks.dkim(DOMAIN, "s1");
    assertThat(check.state()).as(check.advice()).isEqualTo(state);
    assertThat(check.name()).isEqualTo(KEY_NAME);
    assertThat(check.records()).containsExactly("k=rsa; t=s; p=" + rsaKey);
  }

  @Test
  void a_missing_key_names_the_selector_and_the_setting() {
    assertThat(checks.dkim(DOMAIN, "s2").state()).isEqualTo("missing");
    assertThat(checks.dkim(DOMAIN, "s2").advice())
        .contains("selector s2", "CHANNELS_EMAIL_DKIM_SELECTORS");
  }

  @ParameterizedTest
  @CsvSource({
    "v=DKIM1; p=, withdrawn",
    "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3, cannot be read",
    "v=DKIM1; p=!!, cannot be read",
    "v=DKIM2; p=MIGf, v=DKIM1"
  })
  void a_wrong_key_says_what_to_correct(String record, String advice) {
    server.txt(KEY_NAME, record);
    assertThat(checks.dkim(DOMAIN, "s1").state()).isEqualTo("wrong");
    assertThat(checks.dkim(DOMAIN, "s1").advice()).contains(advice);
  }

  @Test
  void a_key_of_another_kind_is_taken_and_two_keys_are_not() {
    server.txt(KEY_NAME, "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
    assertThat(checks.dkim(DOMAIN, "s1").state()).isEqualTo("found");
    server.txt(KEY_NAME, "v=DKIM1; p=MIGf");
    assertThat(checks.dkim(DOMAIN, "s1").advice()).contains("several DKIM keys");
  }

  // DMARC

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v=DMARC1; p=none; rua=mailto:d@example.com | found",
        "v=DMARC1;p=REJECT | found",
        "v=DMARC1; rua=mailto:d@example.com | wrong",
        "v=DMARC1; p=maybe | wrong",
        "v=DMARC2; p=none | missing"
      })
  void a_dmarc_record_needs_a_policy(String record, String state) {
    server.txt("_dmarc.example.com", record);
    assertThat(checks.dmarc(DOMAIN).state()).isEqualTo(state);
  }

  @Test
  void a_domain_without_a_dmarc_record_has_that_of_the_one_above_it() {
    assertThat(checks.dmarc("mail.example.com").advice()).contains("_dmarc.mail.example.com");
    server.txt("_dmarc.example.com", "v=DMARC1; p=none");
    assertThat(checks.dmarc("mail.example.com").state()).isEqualTo("found");
    assertThat(checks.dmarc("mail.example.com").name()).isEqualTo("_dmarc.example.com");
    server.txt("_dmarc.example.com", "v=DMARC1; p=reject");
    assertThat(checks.dmarc("mail.example.com").advice()).contains("several DMARC records");
  }

  @Test
  void a_server_that_cannot_tell_is_not_taken_for_a_missing_record() {
    server.broken(DOMAIN);
    assertThatThrownBy(() -> spf.of(DOMAIN)).isInstanceOf(DnsUnavailableException.class);
    assertThatThrownBy(() -> checks.mx(DOMAIN)).isInstanceOf(DnsUnavailableException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ldap://127.0.0.1", "no server", "10.0.0.2:port"})
  void a_wrong_dns_server_stops_the_start(String server) {
    assertThatThrownBy(() -> new JndiDns(server))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("CHANNELS_EMAIL_DNS_SERVER");
  }

  private String rsaKey;

  private String rsaKey(int bits) throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    var key = generator.generateKeyPair().getPublic().getEncoded();
    rsaKey = Base64.getEncoder().encodeToString(key);
    return rsaKey;
  }
}
