package com.callback.messaging.platform.instance;

import com.callback.messaging.platform.secrets.SealingKey;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What this instance says of itself in the database, and what the other live ones say: which keys
 * they can open, and settings that must be the same everywhere. A difference is logged once.
 */
@Component
public class Instances {

  private static final Logger LOG = LoggerFactory.getLogger(Instances.class);
  private static final TypeReference<List<Other>> OTHERS = new TypeReference<>() {};

  private final String id = UUID.randomUUID().toString();
  private final Map<String, String> settings;
  private final SealingKey keys;
  private final ObjectMapper json;
  private final Set<String> logged = new HashSet<>();
  private volatile List<String> differences = List.of();
  private volatile int live = 1;

  Instances(SharedSettings settings, SealingKey keys, ObjectMapper json) {
    this.settings = settings.values();
    this.keys = keys;
    this.json = json;
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Other(String id, List<String> keys, Map<String, String> settings) {}

  /** JSON of what this instance says of itself, for {@code report-instance.sql}. */
  public String report() throws JsonProcessingException {
    return json.writeValueAsString(new Other(id, keys.ids(), settings));
  }

  /** Takes what the other live instances say: JSON as {@code report-instance.sql} gives it. */
  public synchronized void saw(String others) throws JsonProcessingException {
    var all = json.readValue(others, OTHERS);
    keys.othersOpen(all.stream().map(each -> Set.copyOf(each.keys())).toList());
    var found = new ArrayList<String>();
    for (var other : all) {
      for (var setting : new TreeMap<>(settings).entrySet()) {
        var theirs = other.settings().get(setting.getKey());
        if (!setting.getValue().equals(theirs)) {
          found.add(
              "%s is '%s' here and '%s' at another instance"
                  .formatted(setting.getKey(), setting.getValue(), theirs));
        }
      }
      if (other.keys().stream().noneMatch(keys.ids()::contains)) {
        found.add("messaging.secrets.key has nothing in common with another instance's keys");
      }
    }
    differences = found.stream().distinct().toList();
    live = all.size() + 1;
    logged.retainAll(differences);
    differences.stream().filter(logged::add).forEach(Instances::log);
  }

  /** Settings in which live instances differ, in words. */
  List<String> differences() {
    return differences;
  }

  /** How many instances have been seen within the last minute, this one included. */
  int live() {
    return live;
  }

  private static void log(String difference) {
    LOG.warn(
        "Instances on one database must have the same settings: {}. Correct one of them.",
        difference);
  }
}
