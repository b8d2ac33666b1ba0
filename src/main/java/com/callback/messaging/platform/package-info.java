/**
 * What every room stands on: HTTP, the database, the broker, secrets, logs, health, and the start.
 * Knows nothing of ours.
 */
package com.callback.messaging.platform;
