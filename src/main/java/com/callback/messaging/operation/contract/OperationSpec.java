package com.callback.messaging.operation.contract;

import java.util.Locale;

/**
 * What the contract says of how an operation is run and answered.
 *
 * @param id its operationId
 * @param method in upper case
 * @param path with its parameters in braces
 * @param status of the response when all went well
 * @param route the route that runs it, where it has one: its {@code x-route}, or else its id
 * @param ofBusiness whether its caller acts for a business: it needs a scope
 * @param paged whether it lists page by page: it has the parameter {@code cursor}
 * @param versioned whether its response bears an {@code ETag}
 * @param audited whether it is written into the audit trail: all that change something are, where
 *     {@code x-audited} does not say otherwise
 * @param budget the daily budget that it is counted against: its {@code x-budget}; null for none
 */
public record OperationSpec(
    String id,
    String method,
    String path,
    int status,
    String route,
    boolean ofBusiness,
    boolean paged,
    boolean versioned,
    boolean audited,
    String budget) {

  /** Whether it changes something. */
  public boolean changing() {
    return !method.equals("GET");
  }

  /** The name of its statement, where that is all it needs: {@code list-tags} of listTags. */
  public String statement() {
    return id.replaceAll("[A-Z]", "-$0").toLowerCase(Locale.ROOT);
  }
}
