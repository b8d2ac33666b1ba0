/** Who belongs to a business, and who is invited to. Must not know how people sign in. */
package com.callback.messaging.people.member;
