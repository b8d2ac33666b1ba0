/**
 * What every HTTP exchange needs whatever it is about: limits, problem details, a bounded pool.
 * Knows nothing of leads.
 */
package com.callback.messaging.platform.http;
