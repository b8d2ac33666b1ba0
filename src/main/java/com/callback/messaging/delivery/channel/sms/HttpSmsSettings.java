package com.callback.messaging.delivery.channel.sms;

import com.callback.messaging.platform.startup.StartFailure;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A provider that takes an SMS by one HTTP request: {@code channels.sms.http}.
 *
 * @param url where each message is posted; empty where there is no such provider
 * @param authorization the value of the header with the credentials; empty for none
 * @param authorizationHeader the name of that header
 * @param headers further headers, by name
 * @param format how the body is written
 * @param from the number or name that messages come from, as the provider writes it
 * @param requestsPerSecond most requests of this instance in a second; 0 for any number
 * @param values texts of the operator for the body, by name
 */
@ConfigurationProperties("channels.sms.http")
record HttpSmsSettings(
    @DefaultValue("") String url,
    @DefaultValue("") String authorization,
    @DefaultValue("Authorization") String authorizationHeader,
    @DefaultValue Map<String, String> headers,
    @DefaultValue("JSON") Format format,
    @DefaultValue("") String from,
    int requestsPerSecond,
    @DefaultValue HttpSmsResponse response,
    @DefaultValue Map<String, String> values) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  /** A line break would begin another header. */
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7E]*");

  /** How a body is written, which its template and its {@code Content-Type} follow. */
  enum Format {
    JSON("sms/http.json", "application/json"),
    FORM("sms/http.form", "application/x-www-form-urlencoded");

    final String template;
    final String type;

    Format(String template, String type) {
      this.template = template;
      this.type = type;
    }
  }

  HttpSmsSettings {
    if (requestsPerSecond < 0) {
      throw new StartFailure(
          "channels.sms.http.requests-per-second is %d: set CHANNELS_SMS_HTTP_REQUESTS_PER_SECOND to 0, which is no limit, or more."
              .formatted(requestsPerSecond));
    }
    requireHeader("authorization-header", authorizationHeader, authorization);
    headers.forEach((name, value) -> requireHeader("headers." + name, name, value));
  }

  /** The value stays out of the sentence: it may be a secret. */
  private static void requireHeader(String setting, String name, String value) {
    if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
      throw new StartFailure(
          "channels.sms.http.%s is no HTTP header: use letters, digits and hyphens for its name, and one line of ASCII for its value."
              .formatted(setting));
    }
  }
}
