package com.callback.messaging.operation.api;

import com.callback.messaging.operation.caller.Caller;
import com.callback.messaging.operation.caller.Credential;
import com.callback.messaging.operation.contract.AccessRule;

/**
 * An operation that has begun: who calls, and what they asked.
 *
 * @param credential what they proved it by, where an answer takes long enough to ask again
 * @param guard what it must be good for
 */
public record Call(
    Caller caller, OperationRequest asked, Credential credential, AccessRule guard) {}
