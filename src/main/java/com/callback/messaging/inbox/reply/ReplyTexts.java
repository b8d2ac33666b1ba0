package com.callback.messaging.inbox.reply;

import com.callback.messaging.delivery.channel.email.MailHeaders;
import com.callback.messaging.delivery.channel.sms.SmsSize;
import com.callback.messaging.delivery.channel.sms.SmsText;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Brings what people write into the form in which a channel carries it. */
@Component
public class ReplyTexts {

  static final String SMS = "sms";

  private static final Pattern LINE_ENDS = Pattern.compile("\\r\\n?|\\u0085|\\u2028|\\u2029");
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");
  private static final Pattern SEEN = Pattern.compile("[^\\p{Z}\\p{C}]");
  private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

  private final SmsText sms;
  private final MailHeaders headers;

  ReplyTexts(SmsText sms, MailHeaders headers) {
    this.sms = sms;
    this.headers = headers;
  }

  /** The text as it is sent; empty where nothing visible is left. */
  String body(String channel, String text) {
    var visible = visible(text);
    return channel.equals(SMS) ? sms.plain(visible).strip() : visible;
  }

  /** The text without what no reader sees; empty where nothing is left. */
  public String visible(String text) {
    var lines = LINE_ENDS.matcher(text).replaceAll("\n");
    var visible = LONE_SURROGATE.matcher(lines).replaceAll("\uFFFD");
    visible = UNSEEN.matcher(visible).replaceAll("").strip();
    return SEEN.matcher(visible).find() ? visible : "";
  }

  /** The subject as one line. */
  public String subject(String text) {
    return headers.subject(text);
  }

  /** What the text takes as an SMS. */
  SmsSize size(String text) {
    return sms.size(text);
  }
}
