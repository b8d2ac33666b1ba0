/** Signed links by which the recipient of a notification acts on its lead. */
package com.callback.messaging.delivery.action;
