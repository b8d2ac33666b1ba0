/** Codes that confirm an address before leads go to it. Must not know how a channel sends. */
package com.callback.messaging.delivery.confirmation;
