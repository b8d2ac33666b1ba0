package com.callback.messaging.delivery.confirmation;

/** Whether a new recipient must be confirmed by a code before leads go to it. */
interface ConfirmationRequirement {

  boolean isRequired();
}
