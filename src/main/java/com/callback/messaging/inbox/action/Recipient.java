package com.callback.messaging.inbox.action;

import com.callback.messaging.operation.caller.Caller;
import com.callback.messaging.operation.caller.CredentialKind;
import com.callback.messaging.operation.caller.Membership;
import com.callback.messaging.operation.caller.Person;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * An address of a business that notifications go to.
 *
 * @param channel by which they go
 * @param member whose address it is; null for one of the business, such as a shared mailbox
 * @param role of that member
 * @param knownAs how the business knows them: a private number of a member is not shown to it
 */
record Recipient(
    UUID businessId, String channel, String address, UUID member, String role, String knownAs) {

  /**
   * What stands before the address of a caller who acted by a link, in events and in the audit log.
   */
  static final String LINK = "link sent to ";

  /** The same of an SMS. */
  static final String SMS = "SMS from ";

  static Recipient of(UUID businessId, JsonNode row) {
    var member = row.path("member").textValue();
    return new Recipient(
        businessId,
        row.path("channel").asText(),
        row.path("address").asText(),
        member == null ? null : UUID.fromString(member),
        row.path("role").textValue(),
        row.path("known_as").asText());
  }

  /** Whether they may change leads: everybody but a viewer. */
  boolean mayAct() {
    return !"viewer".equals(role);
  }

  /**
   * Who acts: the member, or else the address, which always has the same id.
   *
   * @param how {@link #LINK} or {@link #SMS}
   */
  Caller caller(String how) {
    return new Caller(
        businessId,
        how + knownAs,
        CredentialKind.ADDRESS,
        member == null ? idOfAddress() : member,
        member == null
            ? null
            : new Membership(new Person(member, knownAs), businessId, null, role).role());
  }

  private UUID idOfAddress() {
    return UUID.nameUUIDFromBytes(
        "%s %s %s".formatted(businessId, channel, address).getBytes(StandardCharsets.UTF_8));
  }

  /** The address in the name of a caller, without how they acted. */
  static String addressOf(String name) {
    return name.startsWith(LINK)
        ? name.substring(LINK.length())
        : name.startsWith(SMS) ? name.substring(SMS.length()) : name;
  }
}
