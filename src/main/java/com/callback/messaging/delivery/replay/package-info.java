/**
 * What came of mending deliveries by hand, told so that a person knows what to do next. Must not
 * know how a delivery is sent.
 */
package com.callback.messaging.delivery.replay;
