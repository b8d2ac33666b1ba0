/**
 * How many leads wait, which are quarantined, and what a caller sees of them. Knows callers and the
 * contract; must not know how leads come in or go out.
 */
package com.callback.messaging.inbox.count;
