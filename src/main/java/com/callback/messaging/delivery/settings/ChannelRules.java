package com.callback.messaging.delivery.settings;

import com.callback.messaging.delivery.channel.Recipients;
import com.callback.messaging.delivery.channel.email.MailHeaders;
import com.callback.messaging.delivery.channel.sms.SmsCountries;
import com.callback.messaging.delivery.channel.sms.SmsNumbers;
import com.callback.messaging.delivery.engine.Channels;
import com.callback.messaging.delivery.engine.RecipientFormat;
import com.callback.messaging.delivery.outbound.WebhookUrl;
import com.callback.messaging.intake.submission.PhoneNumbers;
import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.operation.caller.Caller;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problem.FieldError;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What the channels of a business must keep to beyond what their schema says. */
@Component
public class ChannelRules {

  private static final String WEBHOOK = "webhook";

  /** Channels that codes can be sent by. */
  private static final Set<String> CONFIRMED = Set.of("email", "sms");

  private final Channels channels;
  private final MailHeaders mails;
  private final PhoneNumbers phones;
  private final SmsNumbers numbers;
  private final SmsCountries countries;
  private final WebhookUrl urls;
  private final Recipients recipients;
  private final ObjectMapper json;
  private final String region;

  ChannelRules(
      Channels channels,
      MailHeaders mails,
      PhoneNumbers phones,
      SmsNumbers numbers,
      SmsCountries countries,
      WebhookUrl urls,
      Recipients recipients,
      ObjectMapper json,
      @Value("${messaging.phone-region}") String region) {
    this.channels = channels;
    this.mails = mails;
    this.phones = phones;
    this.numbers = numbers;
    this.countries = countries;
    this.urls = urls;
    this.recipients = recipients;
    this.json = json;
    this.region = region;
  }

  /** The channels that the configuration knows, as JSON for the statements that show them. */
  public String configured() throws JsonProcessingException {
    return json.writeValueAsString(names().stream().map(this::shown).toList());
  }

  private Map<String, Object> shown(String channel) {
    var settings = channels.of(channel);
    var shown = new LinkedHashMap<String, Object>();
    shown.put("type", channel);
    shown.put("label", channels.label(channel));
    shown.put("isServed", settings.enabled());
    shown.put("recipientFormat", settings.recipient());
    shown.put("providers", settings.providers());
    return shown;
  }

  /**
   * A recipient as it is kept; all null for none, or where nothing was said.
   *
   * @param open an address, a number in E.164; null for a secret
   * @param sealed a secret
   * @param shown what people may see of a secret
   */
  public record KeptRecipient(String open, String sealed, String shown) {}

  /**
   * Where a channel is to go, as it is kept.
   *
   * @param smsCountries the countries that the operator allows this business, with commas between
   *     them; null for those configured
   * @throws RequestRefusedException 404 for a channel that there is not, 400 for one that cannot go
   *     there
   */
  public KeptRecipient recipient(Caller caller, OperationRequest input, Object smsCountries)
      throws JsonProcessingException {
    var type = known(input);
    var format = channels.of(type).recipient();
    var given = json.readTree(input.body()).path("recipient");
    if (format == null && !given.isMissingNode()) {
      throw wrongRecipient(
          type.equals(WEBHOOK)
              ? "Leave it out: webhooks go to the addresses of /api/webhook-subscriptions."
              : "Leave it out: this channel has no recipient.");
    }
    if (!given.isTextual()) {
      return new KeptRecipient(null, null, null);
    }
    var checked = checked(format, given.textValue().strip(), own(smsCountries));
    return format.isSecret()
        ? new KeptRecipient(
            null,
            recipients.sealed(caller.businessId().toString(), checked),
            Recipients.shown(checked))
        : new KeptRecipient(checked, null, null);
  }

  private static List<String> own(Object smsCountries) {
    return smsCountries instanceof String some ? List.of(some.split(",")) : List.of();
  }

  private String checked(RecipientFormat format, String given, List<String> countries) {
    return switch (format.kind()) {
      case RecipientFormat.EMAIL -> address(given);
      case RecipientFormat.MOBILE -> number(given, countries);
      case RecipientFormat.URL -> url(fitting(format, given));
      default -> fitting(format, given);
    };
  }

  private static String fitting(RecipientFormat format, String given) {
    if (!format.fits(given)) {
      throw wrongRecipient("%s must look like %s.".formatted(format.label(), format.example()));
    }
    return given;
  }

  private String url(String given) {
    try {
      return urls.toSend(given);
    } catch (IllegalArgumentException e) {
      throw wrongRecipient(e.getMessage());
    }
  }

  /** Whether a change gives a recipient that a code can confirm. */
  public boolean takesCode(OperationRequest input) throws JsonProcessingException {
    return CONFIRMED.contains(known(input)) && json.readTree(input.body()).has("recipient");
  }

  /**
   * Goes on where a channel that is on goes somewhere, now or once it is confirmed.
   *
   * @param channel as it is after the change, JSON
   */
  public void requireRecipient(String channel) throws JsonProcessingException {
    var changed = json.readTree(channel);
    var type = changed.path("type").asText();
    var format = channels.of(type).recipient();
    if (format != null
        && changed.path("isEnabled").asBoolean()
        && !changed.path("recipient").isTextual()
        && !changed.path("pendingRecipient").isTextual()) {
      throw wrongRecipient(
          "A channel that is on needs a recipient: give one such as %s."
              .formatted(format.example()));
    }
  }

  /**
   * How often a test is tried: once with each provider, so that it fails only where a lead would
   * have to wait.
   *
   * @throws RequestRefusedException 404 for a channel that there is not, 409 for one that this
   *     service does not send by
   */
  public int attemptsOfATest(OperationRequest input) {
    var settings = channels.of(known(input));
    if (!settings.enabled()) {
      throw new RequestRefusedException(
          Problem.of(
              409,
              "channel-not-served",
              "This channel is not served",
              "The service is not configured to send on this channel. Ask the operator to enable it."));
    }
    return settings.providers().size();
  }

  /** Whether what goes out on a channel has a recipient, of its own or of its subscriptions. */
  public boolean hasRecipient(OperationRequest asked) {
    var type = known(asked);
    return type.equals(WEBHOOK) || channels.of(type).recipient() != null;
  }

  /**
   * Goes on where a test has somebody to go to.
   *
   * @param made what {@code add-channel-tests.sql} gave
   */
  public void requireSomebody(OperationRequest input, Object made) {
    if (made instanceof String) {
      return;
    }
    var type = known(input);
    var remedy =
        type.equals(WEBHOOK)
            ? "No webhook subscription is enabled. Add or enable one at /api/webhook-subscriptions."
            : channels.of(type).recipient() == null
                ? "Switch the channel on first, then send the test."
                : "Set a recipient, and confirm it, first, then send the test.";
    throw new RequestRefusedException(
        Problem.of(409, "channel-without-recipient", "The channel has no recipient", remedy));
  }

  /**
   * The type of the channel in the path.
   *
   * @throws RequestRefusedException 404 for a channel that there is not
   */
  public String known(OperationRequest input) {
    var type = (String) input.values().get("type");
    if (!names().contains(type)) {
      throw new RequestRefusedException(
          Problem.of(
              404,
              "unknown-channel",
              "Unknown channel",
              "There are " + String.join(", ", names()) + "."));
    }
    return type;
  }

  private TreeSet<String> names() {
    return new TreeSet<>(List.of(channels.names().split(",")));
  }

  private String address(String given) {
    try {
      return mails.mailbox(given);
    } catch (IllegalArgumentException e) {
      throw wrongRecipient(e.getMessage());
    }
  }

  private String number(String given, List<String> own) {
    var number =
        phones
            .e164(given, region)
            .orElseThrow(
                () ->
                    wrongRecipient(
                        "Give one telephone number that can be dialled, such as +61 491 570 006."));
    if (!numbers.takesSms(number)) {
      throw wrongRecipient("This is not a mobile number, so an SMS would not arrive.");
    }
    if (!countries.allow(number, own)) {
      throw wrongRecipient(
          "SMS are sent to numbers of %s. Give one of those, or ask the operator of the service to allow the country."
              .formatted(countries.names(own)));
    }
    return number;
  }

  private static RequestRefusedException wrongRecipient(String remedy) {
    return new RequestRefusedException(
        Problem.of(
                400,
                "invalid-body",
                "The body has errors",
                "Fix the listed fields and send it again.")
            .with(List.of(new FieldError("recipient", remedy))));
  }
}
