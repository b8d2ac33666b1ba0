/**
 * What every HTTP exchange needs whatever it is about: limits, problem details, the way to its
 * route. Knows nothing of leads.
 */
package com.callback.messaging.platform.http;
