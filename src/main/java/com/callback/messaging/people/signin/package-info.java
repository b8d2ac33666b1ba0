/**
 * How people prove who they are: tokens of a Supabase project, or links and sessions of our own.
 * Must not know what they may do.
 */
package com.callback.messaging.people.signin;
