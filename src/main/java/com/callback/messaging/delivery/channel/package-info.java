/** What all channels say of a lead. */
package com.callback.messaging.delivery.channel;
