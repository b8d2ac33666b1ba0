/**
 * How the service calls other machines by HTTP: which addresses it may reach, and what a far end
 * may cost. Knows nothing of leads.
 */
package com.callback.messaging.delivery.outbound;
