/**
 * How an operation of the API begins and ends: reads its input as the contract says, and gives
 * answers their shape. Must not know what any operation does.
 */
package com.callback.messaging.operation.api;
