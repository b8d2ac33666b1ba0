/** Proves for every operation of the contract that nobody reaches what is not theirs. */
package com.callback.messaging.isolation;
