/** What may be written to the log: nothing that a person typed, and nothing that opens a door. */
package com.callback.messaging.platform.logs;
