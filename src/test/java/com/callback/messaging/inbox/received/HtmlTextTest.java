package com.callback.messaging.inbox.received;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is left of an HTML mail: what a person would read aloud. */
class HtmlTextTest {

  @Test
  void html_becomes_lines_without_scripts_styles_and_pictures() {
    assertThat(
            HtmlText.of(
                "<html><head><title>t</title><style>p{}</style></head><body>"
                    + "<script>alert(1)</script><p>Hello&nbsp;<b>Kim</b>,</p><div>one<br>two<br><br>three</div>"
                    + "<img src='https://evil.example/pixel' alt='x'><a href='javascript:x'>link</a>"))
        .isEqualTo("Hello Kim,\n\none\ntwo\n\nthree\nlink");
  }

  @Test
  void a_quotation_becomes_quoted_lines_once() {
    var text =
        HtmlText.of(
            "<div>Four is fine.</div><div class=gmail_quote><div>On 22 Nov 2026 Kim wrote:</div>"
                + "<blockquote><p>Shall we?</p><blockquote>Please call.</blockquote></blockquote></div>");
    assertThat(text).startsWith("Four is fine.\n> On 22 Nov").contains("> Please call.");
    assertThat(QuotedText.trimmed(text)).isEqualTo("Four is fine.");
  }

  @Test
  void tags_that_were_written_as_text_stay_text() {
    assertThat(HtmlText.of("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"))
        .isEqualTo("<script>alert(1)</script>");
  }
}
