/** Which pages of other origins a browser lets call the API. Must not know what they call for. */
package com.callback.messaging.intake.origin;
