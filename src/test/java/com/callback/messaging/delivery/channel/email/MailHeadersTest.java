package com.callback.messaging.delivery.channel.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class MailHeadersTest {

  private static final String EMAIL = "ada@example.com";

  private final MailHeaders headers = new MailHeaders();

  @Test
  void a_plain_name_stands_before_its_address() {
    assertThat(headers.address("Ada O'Neil", EMAIL)).hasToString("Ada O'Neil <ada@example.com>");
  }

  @Test
  void the_mails_of_a_long_thread_stand_on_short_lines() {
    var ids = new ObjectMapper().createArrayNode();
    for (var each = 0; each < 11; each++) {
      ids.add(headers.messageId(UUID.randomUUID(), "mail.callback.example.com"));
    }
    var references = headers.references(ids);
    assertThat(references.lines())
        .hasSize(11)
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(79));
    assertThat(MimeUtility.unfold(references)).matches("(<[^<> ]+> ){10}<[^<> ]+>");
    assertThat(headers.references(new ObjectMapper().createArrayNode())).isNull();
  }

  @Test
  void quotes_and_backslashes_in_a_name_are_escaped() {
    assertThat(headers.address("Ada \"The Countess\" \\ King", EMAIL))
        .hasToString("\"Ada \\\"The Countess\\\" \\\\ King\" <ada@example.com>");
  }

  @Test
  void a_name_beyond_ascii_is_encoded() {
    assertThat(headers.address("Zoë", EMAIL)).hasToString("=?UTF-8?Q?Zo=C3=AB?= <ada@example.com>");
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {" ", "\r\n", "\u0000", "\u00A0\u3000"})
  void without_a_name_the_bare_address_stands(String name) {
    assertThat(headers.address(name, EMAIL)).hasToString(EMAIL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ada\r\nBcc: evil@example.com",
        "Ada\nBcc: evil@example.com",
        "Ada\rBcc: evil@example.com",
        "Ada\u0000\r\n\r\n<script>",
        "Ada\u0085Bcc: evil@example.com",
        "Ada\u2028Bcc: evil@example.com",
        "Zoë\r\nBcc: evil@example.com",
        "Ada\" <evil@example.com>, \"",
        "Ada\\\" <evil@example.com>, \\\"",
        "evil@example.com, Ada",
        "Ada <evil@example.com>",
        "=?utf-8?Q?Ada=0D=0ABcc:_evil@example.com?=",
        "Zoë =?utf-8?B?DQpCY2M6IGV2aWxAZXhhbXBsZS5jb20=?=",
        "Friends: Ada; Bob",
        "(comment) Ada",
        "Ada \"Countess, of\" Lovelace",
        "\"Bob, Jr\" Smith",
        "Dr \"Ada; Ltd\"",
        "\",\"",
        "The \"Sun, Wind\" Co",
        "Müller, \"Jo\"",
        "a:b;",
        "\"",
        "\\",
        "Plain, Comma"
      })
  void a_name_cannot_add_a_header_or_a_recipient(String name) throws Exception {
    var mail = sent(headers.address(name, EMAIL), headers.subject(name));

    assertThat(mail.getAllRecipients()).hasSize(1);
    assertThat(((InternetAddress) mail.getReplyTo()[0]).getAddress()).isEqualTo(EMAIL);
    assertThat(mail.getReplyTo()).hasSize(1);
    assertThat(((InternetAddress) mail.getReplyTo()[0]).getPersonal())
        .isEqualTo(MailHeaders.cleanName(name))
        .doesNotContainPattern("[\\r\\n\\u0000\\u0085\\u2028]");
    assertThat(mail.getHeader("Bcc")).isNull();
    assertThat(mail.getSubject()).isEqualTo(headers.subject(name));
    assertThat(((MimeMultipart) mail.getContent()).getBodyPart(0).getContent()).isEqualTo("text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Zoë Çelik",
        "محمد بن سلمان",
        "דוד כהן",
        "山田 太郎",
        "Ада Лавлейс",
        "Ada 👩‍💻 🇦🇺 😀",
        "می‌خواهم",
        "Müller, Söhne & Co.",
        "\"Zoë\"",
        "O’Neil",
        "Smith, Ada (Dr.)",
        "a.b@c",
        "Zoë_=?"
      })
  void a_name_arrives_as_it_was_typed(String name) throws Exception {
    var mail = sent(headers.address(name, EMAIL), "subject");

    assertThat(((InternetAddress) mail.getReplyTo()[0]).getPersonal())
        .isEqualTo(name.replace("=?", "= ?"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ж", "😀", "山", "\"", "é "})
  void a_name_of_100_characters_ends_at_70(String character) throws Exception {
    var name = character.repeat(100);
    var shown = MailHeaders.cleanName(name);
    var mail = sent(headers.address(name, EMAIL), "subject");

    assertThat(shown.codePointCount(0, shown.length())).isBetween(69, 70);
    assertThat(name).startsWith(shown);
    assertThat(((InternetAddress) mail.getReplyTo()[0]).getPersonal()).isEqualTo(shown);
  }

  @Test
  void marks_that_turn_the_reading_direction_are_removed() {
    assertThat(MailHeaders.cleanName("Ada \u202Emoc.elpmaxe@live\u202C \u2066x\u2069"))
        .isEqualTo("Ada moc.elpmaxe@live x");
  }

  @Test
  void half_a_surrogate_pair_becomes_the_replacement_character() {
    assertThat(MailHeaders.cleanName("Ada \uD83D")).isEqualTo("Ada \uFFFD");
    assertThat(headers.subject("\uDE00!")).isEqualTo("\uFFFD!");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada@example.com",
        "ada+lead@example.co.nz",
        "o'neil@example.com",
        "\"ada king\"@example.com",
        "ada@[192.0.2.1]",
        " ada@example.com "
      })
  void an_ordinary_address_is_taken(String email) {
    assertThat(headers.mailbox(email)).isEqualTo(email.strip());
  }

  @Test
  void a_domain_beyond_ascii_is_written_as_the_name_service_knows_it() {
    assertThat(headers.mailbox("zoe@bücher.example")).isEqualTo("zoe@xn--bcher-kva.example");
    assertThat(headers.mailbox("zoe@BÜCHER.example")).isEqualTo("zoe@xn--bcher-kva.example");
    assertThat(headers.mailbox("zoe@Example.COM")).isEqualTo("zoe@Example.COM");
    assertThat(headers.mailbox("zoe@ab--cd.example")).isEqualTo("zoe@ab--cd.example");
  }

  @ParameterizedTest
  @CsvSource({
    "info@faß.de, info@xn--fa-hia.de",
    "info@FAß.de, info@xn--fa-hia.de",
    "info@straße.example, info@xn--strae-oqa.example",
    "info@σας.gr, info@xn--mxa8ab.gr",
    "info@xn--fa-hia.de, info@xn--fa-hia.de",
    // Without the joiner another domain: IDNA 2008 lets it stand where its script needs it.
    "info@نامه\u200Cای.com, info@xn--mgba3gch31f060k.com"
  })
  void a_domain_that_the_rules_of_2003_take_for_another_is_itself(String email, String ascii) {
    assertThat(headers.mailbox(email.replace("\\u200C", "\u200C"))).isEqualTo(ascii);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Ada",
        "Ada \"Countess, of\" Lovelace",
        "Zoë, \"Jo\"",
        "Ada (Dr.) <x@y.example>"
      })
  void an_address_that_was_kept_as_text_is_read_back(String name) {
    var address = headers.address(name, EMAIL);
    assertThat(headers.parsed(address.toString()))
        .isEqualTo(address)
        .extracting(InternetAddress::getPersonal)
        .isEqualTo(address.getPersonal());
    assertThat(headers.parsed(null)).isNull();
  }

  @Test
  void an_address_that_was_kept_by_an_earlier_version_is_read_too() {
    var kept = headers.parsed("\"The \\\"Sun, Wind\\\" Co\" <owner@example.com>");
    assertThat(kept.getAddress()).isEqualTo("owner@example.com");
    assertThat(kept.getPersonal()).isEqualTo("The \"Sun, Wind\" Co");
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        " ",
        "ada@example.com\r\nBcc: evil@example.com",
        "ada@example.com\nevil@example.com",
        "ada@example.com\r",
        "ada\u0000@example.com",
        "ada",
        "ada@",
        "@example.com",
        "ada@@example.com",
        "ada@exa mple.com",
        "ada@example..com",
        "ada@.example.com",
        "ada king@example.com",
        "Ada <ada@example.com>",
        "<ada@example.com>",
        "ada@example.com, evil@example.com",
        "ada@example.com (Ada)",
        "friends: ada@example.com;",
        "jörg@example.com",
        "ada\u2028@example.com",
        "ada@example.com＞",
        "ada@exam＠ple.com",
        "ada@under_score.example",
        "ada@fa\u00DF\u202E.de",
        "ada@a\u200Cb.example",
        "ada@xn--a.example",
        "ada@xn--fa\u00DF.de"
      })
  void an_address_that_is_none_is_refused_without_repeating_it(String email) {
    var refusal = catchThrowable(() -> headers.address("Ada", email));

    assertThat(refusal).isInstanceOf(IllegalArgumentException.class).hasNoCause();
    assertThat(refusal.getMessage())
        .contains("e-mail address")
        .doesNotContain("evil", "jörg", "\n");
  }

  @Test
  void an_endless_address_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> headers.address("Ada", "a".repeat(250) + "@example.com"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> headers.address("Ada", "a@" + "a".repeat(64) + ".com"));
  }

  @Test
  void a_subject_is_one_line_of_at_most_200_characters() {
    assertThat(headers.subject(" New\r\n\tlead \u0000 from\u00A0\u2028Zoë "))
        .isEqualTo("New lead from Zoë");
    assertThat(headers.subject("😀".repeat(300))).isEqualTo("😀".repeat(200));
    assertThat(headers.subject(null)).isEmpty();
  }

  @Test
  void a_message_id_is_made_of_the_delivery_alone() {
    var id = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");

    assertThat(headers.messageId(id, "mail.example.com"))
        .isEqualTo("<01890a5d-ac96-774b-bcce-b302099a8057@mail.example.com>");
    assertThat(headers.messageId(id, "localhost")).endsWith("@localhost>");
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {"a b", "a\r\nBcc: x", "a>", "bücher.example", ".example.com", "a@b", "-a"})
  void a_message_id_needs_a_host_name(String domain) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> headers.messageId(new UUID(0, 0), domain))
        .withMessageContaining("host name");
  }

  @Property
  void no_header_value_ever_contains_a_line_break(@ForAll("typed") String text) {
    assertThat(headers.subject(text)).doesNotContainPattern("[\\p{Cc}\\u2028\\u2029]");
    assertThat(headers.address(text, EMAIL).toString()).matches("[ -~]*").contains(EMAIL);
  }

  @Property
  void a_name_decodes_back_to_what_is_clean_of_it(@ForAll("typed") String name)
      throws AddressException {
    var parsed = InternetAddress.parse(headers.address(name, EMAIL).toString(), true);
    var clean = MailHeaders.cleanName(name);

    assertThat(parsed).hasSize(1);
    assertThat(parsed[0].getAddress()).isEqualTo(EMAIL);
    assertThat(parsed[0].getPersonal()).isEqualTo(clean.isEmpty() ? null : clean);
  }

  @Property
  void cleaning_twice_is_cleaning_once(@ForAll("typed") String text) {
    assertThat(headers.subject(headers.subject(text))).isEqualTo(headers.subject(text));
    assertThat(MailHeaders.cleanName(MailHeaders.cleanName(text)))
        .isEqualTo(MailHeaders.cleanName(text));
  }

  @Property(tries = 300)
  void an_address_is_written_clean_or_refused(@ForAll("typed") String email) {
    try {
      assertThat(headers.address("Ada", email).toString()).matches("Ada <[!-~ ]+>");
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageContaining("e-mail address");
    }
  }

  @Provide
  Arbitrary<String> typed() {
    var pieces =
        Arbitraries.of(
                "Ada",
                "Zoë",
                " ",
                "\r\n",
                "\u0000",
                "\"",
                "\\",
                ",",
                "<",
                ">",
                "@",
                "example.com",
                "=?",
                "?=",
                "=?utf-8?Q?=0A?=",
                "(",
                ")",
                ";",
                ":",
                "😀",
                "\uD83D",
                "محمد",
                "\u202E",
                "\u2028",
                "é".repeat(30),
                "a".repeat(40),
                "_",
                "=",
                "?",
                ".",
                "'")
            .list()
            .ofMaxSize(12)
            .map(list -> String.join("", list));
    return Arbitraries.oneOf(pieces, Arbitraries.strings().ofMaxLength(250));
  }

  /** Writes a mail as the channel does and reads it as a receiver does. */
  private MimeMessage sent(InternetAddress address, String subject)
      throws MessagingException, IOException {
    var mail =
        new MailComposer(Clock.systemUTC(), new SmtpApi(Set.of()))
            .compose(
                new Mail(
                    headers.address(address.getPersonal(), "callbacks@example.com"),
                    headers.address(null, "owner@example.com"),
                    address,
                    subject,
                    "<1@example.com>",
                    null,
                    null,
                    null,
                    false,
                    "text",
                    "<p>text"),
                null,
                "smtp");
    var bytes = new ByteArrayOutputStream();
    mail.writeTo(bytes);
    var read = new MimeMessage(null, new ByteArrayInputStream(bytes.toByteArray()));
    assertThat(read.getFrom())
        .singleElement()
        .extracting(from -> ((InternetAddress) from).getPersonal())
        .isEqualTo(address.getPersonal());
    return read;
  }
}
