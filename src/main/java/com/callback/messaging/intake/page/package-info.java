/**
 * The pages that visitors see: a funnel's form and its thank-you. Must not know how a message is
 * stored.
 */
package com.callback.messaging.intake.page;
