/**
 * How the service calls other machines by HTTP: which addresses it may reach, and what a remote
 * server may cost. Knows nothing of leads.
 */
package com.callback.messaging.delivery.outbound;
