/**
 * The service's own keys: what is kept sealed in the database, and what is signed on its way
 * through other hands. Must not know what any of it is for.
 */
package com.callback.messaging.platform.secrets;
