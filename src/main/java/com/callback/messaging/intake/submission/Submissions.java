package com.callback.messaging.intake.submission;

import com.callback.messaging.operation.caller.Caller;
import com.callback.messaging.operation.contract.Contract;
import com.callback.messaging.operation.contract.JsonBody;
import com.callback.messaging.platform.http.BodyLimit;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problem.FieldError;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.callback.messaging.platform.http.WaitsForAPage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Reads a callback request, JSON or form, and holds it against the contract. */
@Component
public class Submissions {

  private static final Set<String> LINES =
      Set.of("funnelId", "businessId", "contactName", "contactEmail", "subject", "preferredTime");

  private static final FieldError UNLIKELY_PHONE =
      new FieldError(
          "contactPhone", "This does not look like a phone number. Check it, or send it as it is.");

  private final JsonBody json;
  private final FormBody forms;
  private final ContactWays ways;
  private final Contract contract;
  private final PhoneNumbers phones;
  private final Provenance provenance;
  private final String region;
  private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();

  Submissions(
      JsonBody json,
      FormBody forms,
      ContactWays ways,
      Contract contract,
      PhoneNumbers phones,
      Provenance provenance,
      @Value("${messaging.phone-region}") String region) {
    this.json = json;
    this.forms = forms;
    this.ways = ways;
    this.contract = contract;
    this.phones = phones;
    this.provenance = provenance;
    this.region = region;
  }

  /**
   * Whether a key of ours came along, as from a server of a business. Whatever else a page may send
   * in that header is no reason to lose a lead.
   */
  public boolean namesItsCaller(HttpServletRequest request) {
    var authorization = request.getHeader("Authorization");
    return authorization != null && authorization.strip().matches("(?i:Bearer) +cbk_.*");
  }

  /**
   * The request as it is stored, sent by a server of the caller's business, or by anybody where
   * there is no caller.
   *
   * @param funnel what the address names, for a form that names none itself; null for none
   * @throws RequestRefusedException when it cannot be read, or with every wrong field when it is
   *     not what the contract says
   */
  public Submission readFrom(Caller server, HttpServletRequest request, String funnel) {
    var submission = WaitsForAPage.isForm(request) ? fromForm(request, funnel) : fromJson(request);
    return server == null ? submission : submission.from(server.businessId().toString());
  }

  /** Whether a form names no funnel. One that cannot be read is refused when it is read. */
  public boolean namesNoFunnel(HttpServletRequest request) {
    try {
      return !forms.read(request).message().has("funnelId");
    } catch (RequestRefusedException e) {
      return false;
    }
  }

  /** The submission with what was found when somebody looked at how it came in. */
  public Submission screened(Submission submission, String signal) {
    return signal == null ? submission : submission.screened(signal);
  }

  /**
   * What a person's browser is shown for a failure, and what was typed with it; null where JSON is
   * wanted.
   *
   * @param submission null where it had not been read
   */
  public FormRefusedException refusal(
      Problem problem, Throwable failure, Submission submission, HttpServletRequest request) {
    if (!WaitsForAPage.is(request)) {
      return null;
    }
    return FormRefusedException.find(failure)
        .orElseGet(
            () ->
                new FormRefusedException(
                    problem, submission == null ? Map.of() : submission.typed()));
  }

  private Submission fromJson(HttpServletRequest request) {
    var body = json.read(BodyLimit.bodyOf(request));
    var unstorable = Text.unstorable(body);
    if (body instanceof ObjectNode message) {
      tidy(message);
      if (message.path("contactPhone").isTextual()) {
        message.put("contactPhone", phones.folded(message.get("contactPhone").textValue()));
      }
      ways.tidy(message, region);
    }
    var errors = PreferredTime.checked(body, errorsOf("NewMessage", body, unstorable));
    if (!errors.isEmpty()) {
      throw new RequestRefusedException(problem(errors));
    }
    return submission(request, new FormBody.Form((ObjectNode) body, Map.of(), false), null);
  }

  private Submission fromForm(HttpServletRequest request, String funnel) {
    var form = forms.read(request);
    var message = form.message();
    if (funnel != null && !message.has("funnelId")) {
      message.put("funnelId", funnel);
    }
    var typed = typed(message);
    var unstorable = Text.unstorable(message);
    var wantsPage = WaitsForAPage.is(request);
    tidy(message);
    ways.tidy(message, region);
    var errors = errorsOf("NewMessageForm", message, unstorable);
    if (wantsPage && WaitsForAPage.isHostedForm(request)) {
      errors = askedOnce(errors, typed, form.marks());
    }
    if (!errors.isEmpty()) {
      throw wantsPage
          ? new FormRefusedException(problem(errors), typed)
          : new RequestRefusedException(problem(errors));
    }
    keepPhoneAsTyped(message);
    return submission(request, form, wantsPage ? typed : null);
  }

  /**
   * The errors with a question about a number that cannot be one. It is asked once, and the number
   * is taken as it is when the form comes again: no lead is refused for it.
   */
  private List<FieldError> askedOnce(
      List<FieldError> errors, Map<String, String> typed, Map<String, String> marks) {
    var phone = typed.get("contactPhone");
    if (phone == null || phones.e164(phone, region).isPresent()) {
      return errors;
    }
    typed.put(Provenance.PHONE_ASKED, "yes");
    return marks.containsKey(Provenance.PHONE_ASKED)
            || errors.stream().anyMatch(error -> error.field().equals("contactPhone"))
        ? errors
        : Stream.concat(errors.stream(), Stream.of(UNLIKELY_PHONE)).toList();
  }

  /** Also the fields that our own form does not show: the page that sent it may have shown them. */
  private static Map<String, String> typed(ObjectNode form) {
    var typed = new LinkedHashMap<String, String>();
    Stream.concat(form.properties().stream(), form.at("/metadata/form").properties().stream())
        .filter(field -> !field.getKey().equals("metadata"))
        .forEach(field -> typed.putIfAbsent(field.getKey(), shown(field.getValue())));
    return typed;
  }

  private static String shown(JsonNode value) {
    return value.isArray()
        ? StreamSupport.stream(value.spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(", "))
        : value.asText();
  }

  /**
   * Single-line fields without stray space; an optional one that is empty or null counts as left
   * out.
   */
  private static void tidy(ObjectNode message) {
    for (var field : LINES) {
      if (message.path(field).isTextual()) {
        var line = Text.line(message.get(field).textValue());
        message.put(field, line == null ? "" : line);
      }
    }
    if (message.path("priority").isTextual()) {
      message.put("priority", Priority.plain(message.get("priority").textValue()));
    }
    for (var optional :
        List.of(
            "contactPhone",
            "contactEmail",
            "subject",
            "message",
            "priority",
            "metadata",
            "businessId",
            "type",
            "preferredTime")) {
      var value = message.path(optional);
      if (value.isNull() || value.isTextual() && Text.line(value.textValue()) == null) {
        message.remove(optional);
      }
    }
  }

  private List<FieldError> errorsOf(String schema, JsonNode value, List<FieldError> unstorable) {
    var errors = new LinkedHashMap<String, FieldError>();
    contract.errorsOf(schema, value).forEach(error -> errors.put(error.field(), error));
    unstorable.forEach(error -> errors.putIfAbsent(error.field(), error));
    return List.copyOf(errors.values());
  }

  private static Problem problem(List<FieldError> errors) {
    return Problem.of(
            400,
            "invalid-message",
            "The message has errors",
            "Fix the listed fields and send it again.")
        .with(errors);
  }

  /**
   * People type "0412.345.678" or "after 5pm 0412 345 678": what they typed stays, beside what can
   * be dialled.
   */
  private void keepPhoneAsTyped(ObjectNode message) {
    if (message.path("contactPhone").isTextual()) {
      var typed = message.get("contactPhone").textValue();
      var understood = phones.e164(typed, region);
      understood.ifPresent(number -> message.put("contactPhone", number));
      var metadata = message.withObjectProperty("metadata");
      if (!metadata.has(ContactWays.PHONE_AS_TYPED)) {
        metadata.put(ContactWays.PHONE_AS_TYPED, typed);
      }
    }
  }

  private Submission submission(
      HttpServletRequest request, FormBody.Form form, Map<String, String> typed) {
    var message = form.message();
    var phone = text(message, "contactPhone");
    var dialled = phone == null ? null : phones.e164(phone, region).orElse(null);
    return new Submission(
        ids.generate().toString(),
        text(message, "funnelId"),
        text(message, "businessId"),
        text(message, "contactName"),
        Text.line(phone),
        dialled,
        text(message, "contactEmail"),
        text(message, "subject"),
        text(message, "message"),
        message.path("priority").asText("medium"),
        message.path("metadata").isObject()
            ? message.get("metadata").toString()
            : JsonNodeFactory.instance.objectNode().toString(),
        provenance.of(request, message, dialled, form.marks()),
        text(message, "preferredTime"),
        null,
        null,
        null,
        typed,
        form.hasFiles());
  }

  private static String text(ObjectNode message, String field) {
    return message.path(field).textValue();
  }
}
