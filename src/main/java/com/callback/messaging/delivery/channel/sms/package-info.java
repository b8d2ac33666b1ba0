/** Writes short messages and speaks touchSMS. Must not know how they travel. */
package com.callback.messaging.delivery.channel.sms;
