/** How a business sets up the forms of its funnels. Must not know what is sent with them. */
package com.callback.messaging.intake.funnel;
