/**
 * Acts of people who were notified and are not signed in: by the link of a notification, or by an
 * SMS that answers one.
 */
package com.callback.messaging.inbox.action;
