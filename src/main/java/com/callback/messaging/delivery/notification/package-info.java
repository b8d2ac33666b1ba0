/** Notifications of single members about a lead: what they prefer, where they go, how they end. */
package com.callback.messaging.delivery.notification;
