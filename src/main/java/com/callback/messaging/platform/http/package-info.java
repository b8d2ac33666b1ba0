/**
 * Limits, problem details and the addresses of routes, for all HTTP requests alike. Knows nothing
 * of leads.
 */
package com.callback.messaging.platform.http;
