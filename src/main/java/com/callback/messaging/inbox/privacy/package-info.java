/**
 * What people may ask of those who keep their data: to see it, to have it forgotten, and not to
 * have it kept for ever. Must not know how a lead came in or went out.
 */
package com.callback.messaging.inbox.privacy;
