/** Who gets a lead, as a business says it. Must not know what leads are. */
package com.callback.messaging.people.assignment;
