/**
 * Texts from files: the configuration folder, and logic-less templates in it. Knows nothing of what
 * they say.
 */
package com.callback.messaging.platform.template;
