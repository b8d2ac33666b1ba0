package com.callback.messaging.delivery.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which URLs a customer may give, and what is said about the others. */
class WebhookUrlTest {

  private final WebhookUrl production = new WebhookUrl(Rules.production());
  private final WebhookUrl development = new WebhookUrl(Rules.development());

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          https://hooks.example,                    https://hooks.example
          https://hooks.example/a?b=c%20d&e=%7B1,   https://hooks.example/a?b=c%20d&e=%7B1
          HTTPS://Hooks.Example/A,                  https://hooks.example/A
          https://hooks.example:8443/a,             https://hooks.example:8443/a
          https://hooks.example:0443/a,             https://hooks.example:443/a
          https://hooks.example./a,                 https://hooks.example/a
          https://bücher.example/ü,                 https://xn--bcher-kva.example/%C3%BC
          https://xn--bcher-kva.example/,           https://xn--bcher-kva.example/
          https://straße.example/,                  https://xn--strae-oqa.example/
          https://例え.テスト/,                      https://xn--r8jz45g.xn--zckzah/
          https://hooks。example/,                  https://hooks.example/
          https://1.1.1.1/,                         https://1.1.1.1/
          https://[2606:4700::1111]:443/,           https://[2606:4700::1111]:443/
          https://7.example/,                       https://7.example/
          https://hooks.example?a=b,                https://hooks.example?a=b
          http://hooks.example/,                    http://hooks.example/
          http://127.0.0.1:8080/sandbox/webhook,    http://127.0.0.1:8080/sandbox/webhook
          """)
  void a_url_is_called_in_its_plain_form(String written, String called) {
    assertThat(development.check(written)).isEmpty();
    assertThat(development.toSend(written)).isEqualTo(called);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
          # Numbers that a resolver would take for an address
          https://2130706433/,                four decimal numbers
          https://017700000001/,              four decimal numbers
          https://0x7f000001/,                four decimal numbers
          https://0X7F.0.0.1/,                four decimal numbers
          https://0177.0.0.1/,                four decimal numbers
          https://127.0.0.01/,                four decimal numbers
          https://127.1/,                     four decimal numbers
          https://127.0.1/,                   four decimal numbers
          https://0/,                         four decimal numbers
          https://0x/,                        four decimal numbers
          https://256.256.256.256/,           four decimal numbers
          https://1.2.3.4.5/,                 four decimal numbers
          https://example.08/,                four decimal numbers
          https://１２７.0.0.1/,                private or reserved network
          https://①②⑦.0.0.1/,                 private or reserved network
          https://127。0。0。1/,               private or reserved network
          # Addresses that are private or reserved
          https://127.0.0.1/,                 private or reserved network
          https://127.0.0.1./,                private or reserved network
          https://10.0.0.1/,                  private or reserved network
          https://169.254.169.254/latest,     private or reserved network
          https://0.0.0.0/,                   private or reserved network
          https://255.255.255.255/,           private or reserved network
          https://localhost/,                 private or reserved network
          https://LOCALHOST./,                private or reserved network
          https://a.localhost/,               private or reserved network
          https://[::1]/,                     private or reserved network
          https://[::]/,                      private or reserved network
          https://[0:0:0:0:0:0:0:1]/,         private or reserved network
          https://[::ffff:127.0.0.1]/,        private or reserved network
          https://[::ffff:7f00:1]/,           private or reserved network
          https://[::FFFF:10.0.0.1]:443/,     private or reserved network
          https://[64:ff9b::7f00:1]/,         private or reserved network
          https://[2002:7f00:1::]/,           private or reserved network
          https://[fd00::1]/,                 private or reserved network
          https://[fe80::1]/,                 private or reserved network
          https://[ff02::1]/,                 private or reserved network
          # IPv6 that is none
          https://[fe80::1%25eth0]/,          without a zone
          https://[fe80::1%eth0]/,            without a zone
          https://[::1/,                      a host
          https://[]/,                        IPv6 address
          https://[127.0.0.1]/,               IPv6 address
          https://[1:2]/,                     IPv6 address
          https://::1/,                       a host
          # User names and other tricks with the place
          https://good.example@127.0.0.1/,    user name
          https://a:b@good.example/,          user name
          https://good.example:443@10.0.0.1/, user name
          https://@good.example/,             user name
          https://127.0.0.1%2f@good.example/, user name
          https://127.0.0.1\\@good.example/,   user name
          https://good.example\\.evil.example/, ASCII form
          https://127.0.0.1%00.example/,      ASCII form
          https://good.example%2eevil/,       ASCII form
          https:///path,                      a host
          https://?a,                         a host
          https://:443/,                      a host
          https://good.example:/,             only as digits
          https://good.example:a/,            only as digits
          https://good.example:-1/,           only as digits
          https://good.example:99999/,        1 to 65535
          https://good.example:0/,            1 to 65535
          https://good.example:22/,           MESSAGING_OUTBOUND_PORTS
          https://good.example:8080/,         MESSAGING_OUTBOUND_PORTS
          https://good.example/#part,         begins with #
          # Names that are none, or mean two things
          https://good..example/,             ASCII form
          https://good.example../,            ASCII form
          https://.example/,                  ASCII form
          https://-a.example/,                ASCII form
          https://a_b.example/,               ASCII form
          https://*.example/,                 ASCII form
          https://./,                         ASCII form
          # What is no web address, or cannot stand in one
          hooks.example,                      https://
          ftp://hooks.example/,               https://
          file:///etc/passwd,                 https://
          //hooks.example/,                   https://
          https:hooks.example,                https://
          http://hooks.example/,              MESSAGING_OUTBOUND_HTTPS_ONLY
          https://good.example/{{spring.datasource.password}}, Percent-encode
          https://good.example/${body},       Percent-encode
          https://good.example/a|b,           Percent-encode
          https://good.example/%zz,           Percent-encode
          "https://good.example/a b",         no spaces
          "https://good.example /",           no spaces
          """)
  void what_cannot_be_called_is_refused_with_what_to_do(String url, String remedy) {
    assertThat(production.check(url)).hasValueSatisfying(said -> assertThat(said).contains(remedy));
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        " https://good.example/",
        "https://good.example/\r\nX-Evil: 1",
        "https://good.example/\u0000",
        "https://good.example/\u00a0",
        "https://good.example/\u2028",
        "https://good\t.example/"
      })
  void a_url_with_blanks_or_none_at_all_is_told_how_one_begins(String url) {
    assertThat(production.check(url))
        .hasValueSatisfying(said -> assertThat(said).contains("begins with https://"));
  }

  @Test
  void a_url_may_have_2048_characters() {
    var longest = "https://good.example/" + "a".repeat(WebhookUrl.MAX_LENGTH - 21);
    assertThat(production.check(longest)).isEmpty();
    assertThat(production.check(longest + "a"))
        .hasValueSatisfying(said -> assertThat(said).contains("2,048"));
    assertThat(production.check("https://" + "a.".repeat(126) + "ab/"))
        .hasValueSatisfying(said -> assertThat(said).contains("ASCII form"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8081/",
        "http://127.0.0.2:8080/",
        "http://localhost:8080/",
        "http://[::1]:8080/",
        "http://2130706433:8080/"
      })
  void only_the_sandbox_itself_needs_no_allowance(String url) {
    assertThat(development.check(url)).isPresent();
  }

  @Test
  void the_sandbox_is_none_in_production() {
    assertThat(production.check("https://127.0.0.1:8080/sandbox/webhook")).isPresent();
  }

  @Test
  void a_network_that_was_opened_may_be_given_by_its_addresses() {
    var urls = new WebhookUrl(Rules.allowing("10.1.0.0/16"));
    assertThat(urls.check("http://10.1.2.3:9000/hook")).isEmpty();
    assertThat(urls.check("http://10.2.2.3:9000/hook")).isPresent();
    assertThat(urls.check("http://[::ffff:10.1.2.3]/hook")).isEmpty();
  }
}
