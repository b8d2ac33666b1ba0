/** Sends mails by SendGrid's API, and reads what its Event Webhook reports. */
package com.callback.messaging.delivery.channel.email.sendgrid;
