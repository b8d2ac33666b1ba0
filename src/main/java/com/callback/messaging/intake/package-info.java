/**
 * How a lead comes in: the form, its page and its origins, screening, and acceptance. Must not know
 * how a business is reached.
 */
package com.callback.messaging.intake;
