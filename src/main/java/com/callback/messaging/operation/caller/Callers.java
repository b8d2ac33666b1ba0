package com.callback.messaging.operation.caller;

import com.callback.messaging.operation.contract.AccessRule;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problem.FieldError;
import com.callback.messaging.platform.http.RequestRefusedException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Tells who calls, and for which business, from what the database knows of a credential. */
@Component
public class Callers {

  private final ApiKeys keys;

  Callers(ApiKeys keys) {
    this.keys = keys;
  }

  /** The hash of a key, for the statement that looks for it. */
  public byte[] hash(Credential credential) {
    return keys.hash(credential.secret());
  }

  /**
   * Goes on only where the database knows the credential.
   *
   * @param found the rows of {@code find-api-key.sql}, or of {@code find-businesses.sql}
   * @throws RequestRefusedException 401 where it does not
   */
  public void requireKnown(List<Map<String, Object>> found) {
    if (found.isEmpty()) {
      throw Credentials.unknown();
    }
  }

  /**
   * Who calls.
   *
   * @param credential what came along
   * @param found the rows of {@code find-api-key.sql}, or of {@code find-businesses.sql} for a
   *     person
   * @param accessRule who may call the operation
   */
  public Caller of(Credential credential, List<Map<String, Object>> found, AccessRule accessRule) {
    requireKnown(found);
    if (!accessRule.kinds().contains(credential.kind().scheme())) {
      throw credential.kind() == CredentialKind.KEY ? notForKeys() : notForPeople();
    }
    return credential.kind() == CredentialKind.KEY
        ? machine(credential, ApiKey.of(found.get(0)), accessRule)
        : person(credential, found.stream().map(Membership::of).toList(), accessRule);
  }

  private static Caller machine(Credential credential, ApiKey key, AccessRule accessRule) {
    if (credential.business() != null && !credential.business().equals(key.businessId())) {
      throw notTheirs();
    }
    if (!key.scopes().containsAll(accessRule.scopes())) {
      throw forbidden(
          "missing-scope",
          "The API key lacks a scope",
          "It needs the scope " + listed(accessRule.scopes()) + ": use a key that has it.");
    }
    return new Caller(
        key.businessId(), "API key " + key.prefix(), CredentialKind.KEY, key.id(), null);
  }

  private static Caller person(
      Credential credential, List<Membership> memberships, AccessRule accessRule) {
    var chosen = chosen(credential, memberships);
    var person = chosen.person();
    if (!chosen.role().may(accessRule.scopes())) {
      throw forbidden(
          "missing-scope",
          "Your role does not allow this",
          "You are "
              + chosen.role()
              + " of this business, which does not include "
              + listed(accessRule.scopes())
              + ": ask an owner.");
    }
    return new Caller(
        chosen.businessId(), person.name(), credential.kind(), person.id(), chosen.role());
  }

  private static Membership chosen(Credential credential, List<Membership> memberships) {
    var theirs = memberships.stream().filter(Membership::isOfABusiness).toList();
    if (credential.business() != null) {
      return theirs.stream()
          .filter(each -> credential.business().equals(each.businessId()))
          .findFirst()
          .orElseThrow(Callers::notTheirs);
    }
    if (theirs.isEmpty()) {
      throw forbidden(
          "no-business",
          "You belong to no business",
          "Ask an owner of the business to invite you.");
    }
    if (theirs.size() > 1) {
      throw severalBusinesses(theirs);
    }
    return theirs.get(0);
  }

  private static RequestRefusedException severalBusinesses(List<Membership> theirs) {
    var choices =
        theirs.stream()
            .map(each -> "%s (%s)".formatted(each.businessId(), each.business()))
            .toList();
    return new RequestRefusedException(
        Problem.of(
                400,
                "several-businesses",
                "Which business?",
                "You belong to several businesses: name one in the header "
                    + Credentials.BUSINESS
                    + ".")
            .with(
                List.of(
                    new FieldError(
                        Credentials.BUSINESS, "One of " + String.join(", ", choices) + "."))));
  }

  /** The same whether there is such a business or not. */
  private static RequestRefusedException notTheirs() {
    return forbidden(
        "not-your-business",
        "Not your business",
        "You are no member of the business that "
            + Credentials.BUSINESS
            + " names: leave it out, or name one of yours.");
  }

  static RequestRefusedException notForKeys() {
    return forbidden(
        "wrong-kind-of-caller",
        "Wrong kind of credential",
        "This operation is for people, not for API keys. Sign in.");
  }

  private static RequestRefusedException notForPeople() {
    return forbidden(
        "wrong-kind-of-caller",
        "Wrong kind of credential",
        "This operation is for API keys, not for people. Use an API key.");
  }

  private static String listed(Set<String> scopes) {
    return String.join(" and ", scopes);
  }

  private static RequestRefusedException forbidden(String kind, String title, String detail) {
    return new RequestRefusedException(Problem.of(403, kind, title, detail));
  }
}
