package com.callback.messaging.operation.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON in the one way of writing it that two values share exactly when they say the same: members
 * in the order of their names, without white space.
 */
public final class CanonicalJson {

  private CanonicalJson() {}

  /** The value in that way. */
  public static JsonNode of(JsonNode value) {
    if (value.isObject()) {
      var sorted = new TreeMap<String, JsonNode>();
      value.properties().forEach(member -> sorted.put(member.getKey(), of(member.getValue())));
      var object = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> member : sorted.entrySet()) {
        object.set(member.getKey(), member.getValue());
      }
      return object;
    }
    if (value.isArray()) {
      var array = JsonNodeFactory.instance.arrayNode();
      value.forEach(each -> array.add(of(each)));
      return array;
    }
    return value;
  }
}
