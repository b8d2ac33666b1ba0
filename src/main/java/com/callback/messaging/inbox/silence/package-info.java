/** Funnels that usually get leads and have gone quiet. */
package com.callback.messaging.inbox.silence;
