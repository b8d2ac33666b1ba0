/** Writes mails: texts, headers, sender. Must not know how they travel. */
package com.callback.messaging.delivery.channel.email;
