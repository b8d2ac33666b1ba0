/** Who is notified of a lead that nobody acts on, and when. Must not know how channels send. */
package com.callback.messaging.inbox.escalation;
