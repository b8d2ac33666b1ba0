/** Who is calling, and in whose name the database sees it. Must not know what is asked for. */
package com.callback.messaging.operation.caller;
