/**
 * What a business decides about its channels and about what reaches it. Must not know how anything
 * is sent.
 */
package com.callback.messaging.delivery.settings;
