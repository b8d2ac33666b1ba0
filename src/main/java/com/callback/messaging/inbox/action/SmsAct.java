package com.callback.messaging.inbox.action;

import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.operation.caller.Caller;
import java.util.UUID;

/**
 * What a received SMS does.
 *
 * @param result what is counted: acted, repeated, or ambiguous; null where it is no command of a
 *     recipient, and so perhaps a reply of a lead
 * @param input the operation that it means; null for none
 * @param answer the SMS that answers it; null for none
 * @param businessId of the lead, and whose budget an answer is charged to
 * @param receivedId what the provider knows the received SMS by
 */
public record SmsAct(
    String result,
    Caller caller,
    OperationRequest input,
    String answer,
    UUID businessId,
    String number,
    String receivedId) {

  /** No command of a recipient. */
  static final SmsAct NONE = new SmsAct(null, null, null, null, null, null, null);
}
