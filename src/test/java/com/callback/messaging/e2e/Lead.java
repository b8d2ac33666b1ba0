package com.callback.messaging.e2e;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A callback request as a person types it.
 *
 * @param label what a failing test calls it
 * @param fields as of the contract, without the funnel
 */
record Lead(String label, ObjectNode fields) {

  static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /** The leads of {@code leads.jsonl}, each named after its line. */
  static List<Lead> ofFile() throws IOException {
    var leads = new ArrayList<Lead>();
    for (var line : Files.readAllLines(Path.of("src/test/resources/leads.jsonl"))) {
      leads.add(of("line " + (leads.size() + 1), line));
    }
    return leads;
  }

  static Lead of(String label, String json) throws IOException {
    return new Lead(label, (ObjectNode) JSON.readTree(json));
  }

  /** The value of a text field; null where it was left out. */
  String text(String field) {
    return fields.path(field).textValue();
  }

  JsonNode metadata() {
    return fields.path("metadata");
  }

  /** What a page builder adds to its form: here the metadata, each entry as one text. */
  Map<String, String> furtherFields() {
    var further = new LinkedHashMap<String, String>();
    metadata()
        .properties()
        .forEach(
            entry -> {
              var value = entry.getValue();
              further.put(entry.getKey(), value.isTextual() ? value.textValue() : value.toString());
            });
    further.values().removeIf(String::isBlank);
    return further;
  }
}
