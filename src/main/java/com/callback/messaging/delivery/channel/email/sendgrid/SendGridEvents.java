package com.callback.messaging.delivery.channel.email.sendgrid;

import com.callback.messaging.delivery.receipt.DeliveryReceipt;
import com.callback.messaging.delivery.receipt.DeliveryReceipts;
import com.callback.messaging.platform.http.BodyAllowance;
import com.callback.messaging.platform.http.BodyLimit;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Reads the batches of SendGrid's Event Webhook. A batch that SendGrid did not sign, or signed too
 * long ago, is refused before it is parsed. Events that are not used, such as a click, and events
 * that cannot be read are counted and left out: SendGrid would repeat the whole batch for a day.
 */
@Component
public class SendGridEvents implements BodyAllowance {

  /** The provider's name in receipts and metrics. */
  public static final String PROVIDER = "sendgrid";

  /** Most events of a batch. SendGrid sends 768 kB at most, some 2,000 events. */
  static final int MOST_EVENTS = 5_000;

  /** The largest batch, in bytes; SendGrid sends at most 768 kB. */
  static final int LARGEST = 2 * 1_048_576;

  private static final String PATH = "/api/receipts/sendgrid";

  private static final String HEADER = "X-Twilio-Email-Event-Webhook-";

  /** How far SendGrid's clock may be ahead. */
  private static final Duration AHEAD = Duration.ofMinutes(5);

  private static final Pattern UNIX_SECONDS = Pattern.compile("[0-9]{1,12}");
  private static final int DEEPEST = 20;

  static final Problem FORGED =
      Problem.of(
          403,
          "wrong-signature",
          "The signature is wrong",
          "Sign the timestamp and the body as they are sent, with the key whose public part is CHANNELS_EMAIL_SENDGRID_EVENTS_KEY.");

  static final Problem STALE =
      Problem.of(
          403,
          "stale-signature",
          "The signature is too old",
          "Check the clocks, or set CHANNELS_EMAIL_SENDGRID_EVENTS_TOLERANCE to a longer time.");

  static final Problem TOO_MANY =
      Problem.of(
          413,
          "too-large",
          "The batch has too many events",
          "A batch may have " + MOST_EVENTS + " events at most.");

  static final Problem UNREADABLE =
      Problem.of(
          400,
          "unreadable-body",
          "The body cannot be read",
          "Send a JSON array of events, each an object.");

  private final SendGridSettings settings;
  private final DeliveryReceipts receipts;
  private final Clock clock;
  private final List<EventSignature> signatures;
  private final ObjectMapper json =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .build();

  SendGridEvents(SendGridSettings settings, DeliveryReceipts receipts, Clock clock) {
    this.settings = settings;
    this.receipts = receipts;
    this.clock = clock;
    this.signatures =
        settings.accounts().values().stream()
            .filter(account -> !account.eventsKey().isEmpty())
            .map(account -> new EventSignature(account.block(), account.eventsKey()))
            .toList();
  }

  @Override
  public int bytes(HttpServletRequest request) {
    return !signatures.isEmpty() && request.getRequestURI().equals(PATH) ? LARGEST : 0;
  }

  /**
   * The receipts of a request.
   *
   * @throws RequestRefusedException 403 for one that is forged or stale, 413 for too many events,
   *     400 for what is no array of objects
   */
  public List<DeliveryReceipt> receipts(HttpServletRequest request) {
    return receipts(
        request.getHeader(HEADER + "Signature"),
        request.getHeader(HEADER + "Timestamp"),
        BodyLimit.bodyOf(request));
  }

  List<DeliveryReceipt> receipts(String signed, String timestamp, byte[] body) {
    if (signed == null
        || timestamp == null
        || !UNIX_SECONDS.matcher(timestamp).matches()
        || signatures.stream().noneMatch(each -> each.matches(signed, timestamp, body))) {
      throw refused(FORGED);
    }
    if (isStale(Long.parseLong(timestamp))) {
      throw refused(STALE);
    }
    try {
      return read(body);
    } catch (IOException e) {
      throw refused(UNREADABLE);
    }
  }

  private boolean isStale(long timestamp) {
    var age = clock.instant().getEpochSecond() - timestamp;
    var most = settings.eventsTolerance().toSeconds();
    return most > 0 && (age > most || age < -AHEAD.toSeconds());
  }

  private List<DeliveryReceipt> read(byte[] body) throws IOException {
    var found = new ArrayList<DeliveryReceipt>();
    var events = 0;
    try (var parser = json.createParser(body)) {
      require(parser.nextToken() == JsonToken.START_ARRAY);
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        require(parser.currentToken() == JsonToken.START_OBJECT);
        if (++events > MOST_EVENTS) {
          throw refused(TOO_MANY);
        }
        JsonNode event = json.readTree(parser);
        SendGridEvent.of(event, clock.instant()).receipt().ifPresent(found::add);
      }
      require(parser.nextToken() == null);
    }
    receipts.count(PROVIDER, "ignored", events - found.size());
    return found;
  }

  private static void require(boolean isAsExpected) throws JsonProcessingException {
    if (!isAsExpected) {
      throw new JsonParseException(null, "No array of objects");
    }
  }

  private RequestRefusedException refused(Problem problem) {
    receipts.count(PROVIDER, "refused", 1);
    return new RequestRefusedException(problem);
  }
}
