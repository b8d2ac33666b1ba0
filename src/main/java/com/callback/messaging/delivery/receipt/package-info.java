/** Records what providers report of deliveries. Must not know any one provider. */
package com.callback.messaging.delivery.receipt;
