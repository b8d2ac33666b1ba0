/**
 * What a delivery is, what its channel's settings are, and what follows from an attempt. Must not
 * know how any one channel sends.
 */
package com.callback.messaging.delivery.engine;
