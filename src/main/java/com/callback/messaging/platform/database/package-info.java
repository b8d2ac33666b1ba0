/**
 * The doors into the database: intake, worker, lookup, upkeep and api, each a pool of its own that
 * acts as one of three roles. Knows nothing of leads or deliveries.
 */
package com.callback.messaging.platform.database;
