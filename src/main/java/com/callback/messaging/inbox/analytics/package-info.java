/** How a business answers its leads, in figures. Must not change anything about them. */
package com.callback.messaging.inbox.analytics;
