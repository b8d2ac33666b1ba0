/**
 * The packaged service, two instances of it, with its database, its broker and its receivers as
 * processes and servers that are killed, stopped, slowed and cut off while leads come in. Nothing
 * that got a 202 may be missing afterwards, on any channel.
 */
package com.callback.messaging.chaos;
