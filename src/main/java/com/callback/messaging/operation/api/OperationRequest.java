package com.callback.messaging.operation.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/**
 * The input of an operation, which holds against the contract.
 *
 * @param operation its operationId
 * @param values its parameters by name, see {@link
 *     com.callback.messaging.operation.contract.Operations#parameters}
 * @param body its JSON body as it came; null where it has none
 */
public record OperationRequest(String operation, Map<String, Object> values, String body) {

  private static final JsonMapper JSON = new JsonMapper();

  /** The parameters as one JSON object, for statements that take a filter as a whole. */
  public String filter() {
    try {
      return JSON.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Parameters are text, numbers and truth values", e);
    }
  }
}
