/**
 * The receivers of development: what the mail catcher, the SMS sandbox and the webhook receiver
 * caught. Absent in production.
 */
package com.callback.messaging.sandbox;
