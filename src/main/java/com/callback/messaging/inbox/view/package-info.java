/**
 * Filters of the inbox that people keep under a name. Knows the contract's filters; knows nothing
 * of what they find.
 */
package com.callback.messaging.inbox.view;
