package com.callback.messaging.people.member;

import com.callback.messaging.operation.api.Results;
import com.callback.messaging.operation.caller.Caller;
import com.callback.messaging.operation.caller.Role;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What holds of the members of a business, whoever changes them. */
@Component
public class MemberRules {

  private static final Problem NAMESAKE =
      Problem.of(
          409,
          "owner-by-id",
          "The business is theirs",
          "The business bears this person's id: they are its owner and stay so.");
  private static final Problem LAST_OWNER =
      Problem.of(
          409,
          "last-owner",
          "The last owner stays",
          "A business without an owner could not be managed any more: make somebody else an owner first.");
  private static final Problem OWNER_NO_MORE =
      Problem.of(
          403,
          "missing-scope",
          "Your role does not allow this",
          "You are no owner of this business any more: somebody changed that this very moment.");
  private static final Problem MEMBER_ALREADY =
      Problem.of(
          409,
          "member-already",
          "A member already",
          "Somebody with this address is a member: change their role instead.");

  private final ObjectMapper json;

  MemberRules(ObjectMapper json) {
    this.json = json;
  }

  /**
   * Lets a change pass that leaves the business an owner.
   *
   * @param caller who wants it
   * @param member whom it is about
   * @param known the row of {@code lock-members.sql}
   * @param body what they are to be, as JSON; null when they are to be removed
   * @throws RequestRefusedException 409 when nobody would be left, 403 when the caller was one
   *     until a moment ago
   */
  public void requireAnOwnerLeft(
      Caller caller, String member, Map<String, Object> known, String body)
      throws JsonProcessingException {
    var members = LockedMembers.of(known);
    if (!members.isCallerOwner()) {
      throw new RequestRefusedException(OWNER_NO_MORE);
    }
    var id = UUID.fromString(member);
    if (id.equals(caller.businessId())) {
      throw new RequestRefusedException(NAMESAKE);
    }
    var staysOwner =
        body != null && Role.OWNER.toString().equals(json.readTree(body).path("role").asText());
    var anotherIsLeft = members.otherOwners() > 0 || caller.businessId().equals(caller.id());
    if (members.isOwner() && !staysOwner && !anotherIsLeft) {
      throw new RequestRefusedException(LAST_OWNER);
    }
  }

  /**
   * The id of the invitation that was just made.
   *
   * @throws RequestRefusedException 409 when whom it is for is a member
   */
  public String invited(Object invitation) throws JsonProcessingException {
    return json.readTree(Results.require(invitation, MEMBER_ALREADY)).path("id").asText();
  }
}
