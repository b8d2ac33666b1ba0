package com.callback.messaging.inbox.received;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.inbox.received.ReceivedMail.Attachment;
import com.callback.messaging.inbox.received.ReceivedMail.Envelope;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of a mail, and what of it is believed. */
class MailReaderTest {

  private static final String HEAD =
      """
      From: "Ada, Countess" <Ada@Example.com>
      To: Sun <reply+abc@reply.example.com>, kim@example.com
      Subject: =?UTF-8?Q?Re:_Das_Dach_=C3=BCber_uns?=
      Message-ID: <a.1@example.com>
      In-Reply-To: <b.2@example.com>
      References: <first@example.com> <b.2@example.com>
      \t<c.3@example.com>
      """;

  @Test
  void a_mail_says_who_wrote_what_in_answer_to_which() throws Exception {
    var mail = read(HEAD + "Content-Type: text/plain; charset=UTF-8\n\nFour o'clock.");
    assertThat(mail.sender()).isEqualTo("ada@example.com");
    assertThat(mail.recipients()).containsExactly("reply+abc@reply.example.com", "kim@example.com");
    assertThat(mail.subject()).isEqualTo("Re: Das Dach über uns");
    assertThat(mail.messageId()).isEqualTo("<a.1@example.com>");
    assertThat(mail.answers())
        .containsExactly("<b.2@example.com>", "<c.3@example.com>", "<first@example.com>");
    assertThat(mail.text().strip()).isEqualTo("Four o'clock.");
    assertThat(mail.isAutomatic()).isFalse();
    assertThat(mail.isOurs()).isFalse();
  }

  @Test
  void plain_text_is_read_before_html_and_attachments_are_named_only() throws Exception {
    var mail =
        read(
            HEAD
                + """
                Content-Type: multipart/mixed; boundary=m

                --m
                Content-Type: multipart/alternative; boundary=a

                --a
                Content-Type: text/html

                <p>Four <b>o'clock</b>.</p>
                --a
                Content-Type: text/plain

                Four o'clock.
                --a--
                --m
                Content-Type: image/png; name=logo.png
                Content-ID: <logo>
                Content-Disposition: inline; filename=logo.png

                xxx
                --m
                Content-Type: application/x-msdownload
                Content-Disposition: attachment; filename*=UTF-8''r%C3%BCckruf.exe

                MZ0123456789
                --m--
                """);
    assertThat(mail.text().strip()).isEqualTo("Four o'clock.");
    assertThat(mail.attachments())
        .extracting(Attachment::name, Attachment::type)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("rückruf.exe", "application/x-msdownload"));
  }

  @Test
  void a_mail_of_html_alone_is_read_as_text() throws Exception {
    assertThat(read(HEAD + "Content-Type: text/html\n\n<p>Four.<script>x()</script></p>").text())
        .isEqualTo("Four.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"iso-8859-1", "ISO8859_1", "no-such-charset", "\"\""})
  void a_text_is_read_whatever_its_charset_is_called(String charset) throws Exception {
    var mail = HEAD + "Content-Type: text/plain; charset=" + charset + "\n\nÜber vier.";
    assertThat(reader().read(mail.getBytes(ISO_8859_1), Envelope.UNKNOWN).text())
        .isEqualTo("Über vier.");
  }

  @Test
  void a_mail_of_parts_within_parts_ends() throws Exception {
    var deep = new StringBuilder(HEAD);
    for (var i = 0; i < 300; i++) {
      deep.append("Content-Type: multipart/mixed; boundary=b").append(i).append("\n\n--b");
      deep.append(i).append('\n');
    }
    assertThat(read(deep + "\n\nFour.").text()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Auto-Submitted: auto-replied (vacation)",
        "Precedence: bulk",
        "X-Autoreply: yes",
        "List-Id: <list.example.com>",
        "Return-Path: <>",
        "Content-Type: multipart/report; report-type=delivery-status",
      })
  void a_mail_that_no_person_wrote_is_automatic(String header) throws Exception {
    assertThat(read(header + "\n" + HEAD + "\nGone.").isAutomatic()).isTrue();
  }

  @Test
  void a_bounce_is_automatic_by_its_sender_or_its_envelope() throws Exception {
    assertThat(read("From: MAILER-DAEMON@example.com\n\nx").isAutomatic()).isTrue();
    assertThat(reader().read(HEAD.getBytes(UTF_8), new Envelope(List.of(), false)).isAutomatic())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Auto-Submitted: no", "X-Auto-Response-Suppress: All"})
  void a_person_may_ask_for_no_automatic_answers(String header) throws Exception {
    assertThat(read(header + "\n" + HEAD + "\nHello").isAutomatic()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"From: Callbacks@localhost", "From: x@example.com\nX-Loop: callbacks@localhost"})
  void a_mail_of_this_service_is_known_when_it_comes_back(String header) throws Exception {
    assertThat(read(header + "\n\nx").isOurs()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Message-ID: <a b@example.com>",
        "Message-ID: a@example.com",
        "Message-ID: <\u00e4@example.com>",
        "Message-ID: <>",
        "Subject: none"
      })
  void a_message_id_that_is_none_is_not_taken_over(String header) throws Exception {
    assertThat(read("From: a@example.com\n" + header + "\n\nx").messageId()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Subject: x", "From: undisclosed-recipients:;", "From: <a@b\u0001.example>"})
  void a_mail_without_a_sender_names_none(String header) throws Exception {
    assertThat(read(header + "\n\nx").sender()).isNull();
  }

  private static ReceivedMail read(String mail) throws Exception {
    return reader().read(mail.getBytes(UTF_8), Envelope.UNKNOWN);
  }

  private static MailReader reader() {
    return new MailReader("callbacks@localhost");
  }
}
