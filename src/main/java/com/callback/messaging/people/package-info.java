/**
 * Who works with leads, and how they prove it: sign-in, members, API keys, and what a business says
 * of itself. Knows operations.
 */
package com.callback.messaging.people;
