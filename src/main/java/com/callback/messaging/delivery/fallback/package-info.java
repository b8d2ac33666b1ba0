/** Which channel takes over when another has failed. Must not know how either sends. */
package com.callback.messaging.delivery.fallback;
