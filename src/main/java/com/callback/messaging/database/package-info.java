/**
 * The three doors into the database: intake, worker and api, each a pool that acts as a role of its
 * own. Knows nothing of leads or deliveries.
 */
package com.callback.messaging.database;
