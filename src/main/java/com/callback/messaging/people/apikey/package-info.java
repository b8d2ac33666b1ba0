/** How a business gives keys to its machines. Must not know how a caller is told by one. */
package com.callback.messaging.people.apikey;
