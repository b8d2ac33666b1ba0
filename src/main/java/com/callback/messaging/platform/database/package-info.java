/**
 * The connection pools: intake, worker, lookup, upkeep and api, each with one of three database
 * roles. Knows nothing of leads or deliveries.
 */
package com.callback.messaging.platform.database;
