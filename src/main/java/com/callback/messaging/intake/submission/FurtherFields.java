package com.callback.messaging.intake.submission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Makes the further fields of a form fit: a hidden field that grew too long is cut, and says so.
 * Whoever fills in a form cannot mend what a page adds to it.
 */
final class FurtherFields {

  private static final String CUT = "… (cut)";
  private static final String REST = "(further fields)";
  private static final int LONGEST_NAME = 100;
  private static final int SHORTEST_CUT = 40;
  private static final int FRAME = "{\"form\":}".length();

  private final int mostBytes;

  FurtherFields(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** As many of them, and as much of each, as there is room for. */
  ObjectNode fitting(ObjectNode fields) {
    var storable = storable(fields);
    if (fits(storable)) {
      return storable;
    }
    // The longest ones give way first, all to the same length.
    var shortest = SHORTEST_CUT;
    var longest = mostBytes;
    while (shortest < longest) {
      var middle = (shortest + longest + 1) / 2;
      if (fits(cut(storable, middle))) {
        shortest = middle;
      } else {
        longest = middle - 1;
      }
    }
    return few(cut(storable, shortest));
  }

  /** A text of a form that was cut, or is to be. */
  static String cut(String text, int length) {
    var end = Math.min(length, text.length());
    if (end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + CUT;
  }

  private boolean fits(ObjectNode fields) {
    return fields.toString().getBytes(StandardCharsets.UTF_8).length + FRAME <= mostBytes;
  }

  /** All of them, or as many of the first ones as there is room for. */
  private ObjectNode few(ObjectNode fields) {
    if (fits(fields)) {
      return fields;
    }
    var all = List.copyOf(fields.properties());
    var fitting = 0;
    var tooMany = all.size();
    while (fitting + 1 < tooMany) {
      var middle = (fitting + tooMany) / 2;
      if (fits(first(all, middle))) {
        fitting = middle;
      } else {
        tooMany = middle;
      }
    }
    return first(all, fitting);
  }

  private static ObjectNode first(List<Map.Entry<String, JsonNode>> all, int count) {
    var first = JsonNodeFactory.instance.objectNode();
    all.subList(0, count).forEach(field -> first.set(field.getKey(), field.getValue()));
    return first.put(REST, (all.size() - count) + " left out");
  }

  private static ObjectNode cut(ObjectNode fields, int length) {
    var cut = JsonNodeFactory.instance.objectNode();
    fields
        .properties()
        .forEach(
            field -> {
              if (field.getValue() instanceof ArrayNode values) {
                var all = cut.putArray(field.getKey());
                values.forEach(value -> all.add(shortened(value, length)));
              } else {
                cut.put(field.getKey(), shortened(field.getValue(), length));
              }
            });
    return cut;
  }

  private static String shortened(JsonNode value, int length) {
    var text = value.asText();
    return text.length() <= length ? text : cut(text, length);
  }

  /** PostgreSQL has no text with a NUL, and JSON none with half a character. */
  private static ObjectNode storable(ObjectNode fields) {
    var storable = JsonNodeFactory.instance.objectNode();
    fields
        .properties()
        .forEach(
            field -> {
              var name = Text.storable(field.getKey());
              var shortName = name.length() <= LONGEST_NAME ? name : cut(name, LONGEST_NAME);
              if (field.getValue() instanceof ArrayNode values) {
                var all = storable.putArray(shortName);
                values.forEach(value -> all.add(Text.storable(value.asText())));
              } else {
                storable.put(shortName, Text.storable(field.getValue().asText()));
              }
            });
    return storable;
  }
}
