/** The script that puts a funnel's form into pages of others. Must not know how a lead is taken. */
package com.callback.messaging.intake.widget;
