/**
 * What every room stands on: HTTP, the database, the broker, secrets, logs, health, and the start.
 * Must not know any other room.
 */
package com.callback.messaging.platform;
