/**
 * Takes what a visitor asks for, holds it against the contract, and gives it the shape in which it
 * is stored. Must not know how a business is reached.
 */
package com.callback.messaging.intake.submission;
