/**
 * The instances of the service that share one database, and how they notice that one is set up
 * differently. Must not know what any setting is for.
 */
package com.callback.messaging.platform.instance;
