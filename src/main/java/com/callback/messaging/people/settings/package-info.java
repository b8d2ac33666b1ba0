/** What a business decides about itself. Must not know what follows from it. */
package com.callback.messaging.people.settings;
