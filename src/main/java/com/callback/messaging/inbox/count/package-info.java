/**
 * What those who answer leads see of them, and how many. Knows callers and the contract; knows
 * nothing of how leads come in or go out.
 */
package com.callback.messaging.inbox.count;
