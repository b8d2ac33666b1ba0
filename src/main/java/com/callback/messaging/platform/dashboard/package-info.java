/** The page that people work in: one for all its addresses, and the files that it loads. */
package com.callback.messaging.platform.dashboard;
