package com.callback.messaging.api;

import com.callback.messaging.tenancy.Caller;

/** An operation that has begun: who calls, and what they asked. */
public record Call(Caller caller, Asked asked) {}
