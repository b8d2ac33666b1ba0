/** The message broker as a part that may be away. Knows nothing of what is sent through it. */
package com.callback.messaging.platform.broker;
