/** Web Push: messages to the browsers of members, encrypted for each of them. */
package com.callback.messaging.delivery.channel.push;
