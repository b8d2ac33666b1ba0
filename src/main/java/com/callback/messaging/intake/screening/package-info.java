/**
 * Tells people from programs, and how much is too much. A signal holds a lead until a person has
 * looked at it; it never drops one. Must not know how a lead is stored.
 */
package com.callback.messaging.intake.screening;
