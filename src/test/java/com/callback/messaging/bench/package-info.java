/** What the packaged service reaches on this machine. Run by {@code ./mvnw verify -Pbench}. */
package com.callback.messaging.bench;
