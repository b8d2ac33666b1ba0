package com.callback.messaging.operation.api;

import com.callback.messaging.operation.caller.Caller;
import com.callback.messaging.operation.caller.Credential;
import com.callback.messaging.operation.contract.AccessRule;

/**
 * An operation that has begun: its caller and its input.
 *
 * @param credential the credential of the caller, which is checked again where a response takes
 *     long
 * @param accessRule what it must allow
 */
public record Invocation(
    Caller caller, OperationRequest input, Credential credential, AccessRule accessRule) {}
