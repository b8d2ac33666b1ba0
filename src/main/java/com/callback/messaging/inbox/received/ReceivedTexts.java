package com.callback.messaging.inbox.received;

import com.callback.messaging.inbox.reply.ReplyTexts;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.springframework.stereotype.Component;

/** Divides a received text into what is shown and what is stored beside it. */
@Component
class ReceivedTexts {

  /** Most characters that are shown, as of a reply. */
  private static final int LONGEST = 10_000;

  /** Most characters that are looked at. */
  private static final int MOST = 400_000;

  private final ReplyTexts texts;
  private final InboundSettings settings;

  ReceivedTexts(ReplyTexts texts, InboundSettings settings) {
    this.texts = texts;
    this.settings = settings;
  }

  /** Puts the text into the row, and the original where it says more. */
  void put(String text, ObjectNode row) {
    var original = texts.visible(cut(text, MOST));
    var body = cut(QuotedText.trimmed(original), LONGEST);
    row.put("body", body);
    row.put(
        "original",
        body.equals(original) || settings.originalLength() == 0
            ? null
            : cut(original, settings.originalLength()));
  }

  /** One line. */
  String line(String text) {
    return texts.subject(text);
  }

  /** Never between the halves of a character. */
  static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    var end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    return text.substring(0, end).stripTrailing();
  }
}
