package com.callback.messaging.inbox.privacy;

import com.callback.messaging.intake.submission.PhoneNumbers;
import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.operation.caller.Caller;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problem.FieldError;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.callback.messaging.platform.secrets.Seal;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Reads whom a request means. */
@Component
public class Contacts {

  /** Fewer digits are nobody's number. */
  private static final int FEWEST_DIGITS = 3;

  private static final Problem NOBODY =
      Problem.of(
          400,
          "invalid-contact",
          "No contact given",
          "Fix the listed fields and send the request again.");

  private final PhoneNumbers phones;
  private final Seal seal;
  private final ObjectMapper json;
  private final String region;

  Contacts(
      PhoneNumbers phones,
      Seal seal,
      ObjectMapper json,
      @Value("${messaging.phone-region}") String region) {
    this.phones = phones;
    this.seal = seal;
    this.json = json;
    this.region = region;
  }

  /**
   * The contact that parameters or a body name.
   *
   * @throws RequestRefusedException when they name none
   */
  public Contact of(OperationRequest input, Caller caller) throws JsonProcessingException {
    var body = input.body() == null ? json.createObjectNode() : json.readTree(input.body());
    var phone = first(input.values().get("phone"), body.path("phone").textValue());
    var email = first(input.values().get("email"), body.path("email").textValue());
    if (phone == null && email == null) {
      throw refused("phone", "Give phone, or email, or both.");
    }
    var number = phone == null ? null : readable(phone);
    var address = email == null ? null : email.strip().toLowerCase(Locale.ROOT);
    var e164 = phones.e164(number, region).orElse(null);
    return new Contact(e164, number, address, hash(caller, first(e164, number), address));
  }

  /** What the audit trail says of somebody whose data was looked at, as JSON. */
  public String details(Contact contact) {
    return json.createObjectNode().put("contactHash", contact.hash()).toString();
  }

  /** The id in what was answered. */
  public String id(String answer) throws JsonProcessingException {
    return json.readTree(answer).path("id").textValue();
  }

  /** In an address a plus that was not escaped has become a space. */
  private String readable(String typed) {
    var number = phones.folded(typed.startsWith(" ") ? "+" + typed.strip() : typed);
    if (number.chars().filter(Character::isDigit).count() < FEWEST_DIGITS) {
      throw refused("phone", "Give a telephone number, such as +61412345678.");
    }
    return number;
  }

  private String hash(Caller caller, String phone, String email) {
    return Stream.of(phone, email)
        .filter(Objects::nonNull)
        .map(way -> seal.sign("erasure", caller.businessId() + " " + way))
        .collect(Collectors.joining(" "));
  }

  private static String first(Object one, String other) {
    return one instanceof String text ? text : other;
  }

  private static RequestRefusedException refused(String field, String remedy) {
    return new RequestRefusedException(NOBODY.with(List.of(new FieldError(field, remedy))));
  }
}
