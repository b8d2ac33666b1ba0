/**
 * The result of sending deliveries again or cancelling them by hand, told so that a person knows
 * what to do next. Must not know how a delivery is sent.
 */
package com.callback.messaging.delivery.replay;
