package com.callback.messaging.api;

import java.util.Map;

/**
 * A call of the API that holds against the contract.
 *
 * @param operation its operationId
 * @param values its parameters by name, see {@link
 *     com.callback.messaging.contract.Operations#parameters}
 * @param body its JSON body as it came; null where it has none
 * @param authorization the header that says who calls; null when it is absent
 */
public record Asked(
    String operation, Map<String, Object> values, String body, String authorization) {}
