/**
 * The life of a lead: which moves there are and where they lead, what is to be changed of one or of
 * many, and why it was not. Knows nothing of how leads come in, are found or are sent.
 */
package com.callback.messaging.inbox.lead;
