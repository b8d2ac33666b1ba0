package com.callback.messaging.intake.submission;

import com.callback.messaging.operation.contract.CanonicalJson;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * What a person said, without what a page or a client adds: two requests that say the same are
 * equal here, in whatever order their members came, and with whatever token.
 */
@Component
class SubmissionFingerprint {

  private final MachineFields machines;

  SubmissionFingerprint(MachineFields machines) {
    this.machines = machines;
  }

  /**
   * As text that is equal for equal requests.
   *
   * @param phone the number as it can be dialled; null where it cannot
   */
  String of(ObjectNode message, String phone) {
    var said = message.deepCopy();
    if (phone != null) {
      said.put("contactPhone", phone);
      said.withObjectProperty("metadata").remove(ContactWays.PHONE_AS_TYPED);
    }
    for (var id : List.of("funnelId", "businessId", "contactEmail")) {
      if (said.path(id).isTextual()) {
        said.put(id, said.get(id).textValue().toLowerCase(Locale.ROOT));
      }
    }
    said.set("metadata", withoutMachines(said.path("metadata")));
    return CanonicalJson.of(said).toString();
  }

  private JsonNode withoutMachines(JsonNode value) {
    if (!(value instanceof ObjectNode object)) {
      return value.isMissingNode() ? null : value;
    }
    var names = object.properties().stream().map(Map.Entry::getKey).toList();
    for (var name : names) {
      if (machines.differsEachTime(name, object.get(name))) {
        object.remove(name);
      } else {
        object.set(name, withoutMachines(object.get(name)));
      }
    }
    return object;
  }
}
