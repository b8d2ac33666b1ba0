/**
 * How the parts that may be away are looked at, without those who ask having to wait for them.
 * Knows none of the parts.
 */
package com.callback.messaging.platform.health;
