package com.callback.messaging.inbox.analytics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How long the responses to some leads took, by what was measured. */
final class Responses {

  private static final double HALF = 0.5;
  private static final double MOST = 0.9;

  private static final List<String> MEASURES =
      List.of("to_acknowledge", "to_acknowledge_open", "to_respond", "to_respond_open");

  private final Map<String, Durations> measured = new HashMap<>();

  Responses() {
    MEASURES.forEach(measure -> measured.put(measure, new Durations()));
  }

  /** The seconds of a row of {@code load-figures.sql}, four bytes each and in no order. */
  static Map<String, int[]> read(Map<String, Object> row) {
    var seconds = new HashMap<String, int[]>();
    for (var measure : MEASURES) {
      var packed = ByteBuffer.wrap((byte[]) row.get(measure)).asIntBuffer();
      var each = new int[packed.remaining()];
      packed.get(each);
      Arrays.sort(each);
      seconds.put(measure, each);
    }
    return seconds;
  }

  void add(Map<String, int[]> seconds) {
    seconds.forEach((measure, each) -> measured.get(measure).add(each));
  }

  Integer medianToRespond() {
    return measured.get("to_respond").percentile(HALF);
  }

  /** Adds the percentiles to what was counted of the same leads. */
  void addTo(ObjectNode counted) {
    add(counted.putObject("secondsToAcknowledge"), "to_acknowledge");
    add(counted.putObject("secondsToRespond"), "to_respond");
  }

  private void add(ObjectNode seconds, String measure) {
    var plain = measured.get(measure);
    var open = measured.get(measure + "_open");
    seconds.put("median", plain.percentile(HALF));
    seconds.put("p90", plain.percentile(MOST));
    seconds.put("medianOpen", open.percentile(HALF));
    seconds.put("p90Open", open.percentile(MOST));
  }
}
