/** What DNS says of the domains that mails come from, and what is to be added there. */
package com.callback.messaging.delivery.channel.email.domain;
