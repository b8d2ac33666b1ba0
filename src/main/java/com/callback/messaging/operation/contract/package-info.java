/**
 * What {@code config/openapi.yaml} promises, enforced from that file: schemas, parameters, who may
 * call. Must not know what any operation does.
 */
package com.callback.messaging.operation.contract;
