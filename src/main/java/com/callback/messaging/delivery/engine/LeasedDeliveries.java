package com.callback.messaging.delivery.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Takes up deliveries that were stored under a lease of this instance, in the statement that stored
 * their lead. Nothing has to find them again: they are sent from memory. One for which there is no
 * slot after all is handed back, and is claimed later like any other.
 */
@Component
public class LeasedDeliveries {

  private final ObjectMapper json = new ObjectMapper();
  private final Admission admission;
  private final Leases leases;
  private final Attempts attempts;
  private final Instance instance;

  LeasedDeliveries(Admission admission, Leases leases, Attempts attempts, Instance instance) {
    this.admission = admission;
    this.leases = leases;
    this.attempts = attempts;
    this.instance = instance;
  }

  /**
   * What may be sent, by channel, and what is to be handed back.
   *
   * @param batches the attempts that begin, all of a list by one channel
   * @param refused rows of {@link #take} for which there was no slot
   */
  public record Admitted(List<List<Attempt>> batches, List<Map<String, Object>> refused) {}

  /**
   * Takes up what has been stored under a lease, and gives back the slots that were reserved for
   * more.
   *
   * @param stored the rows of {@code accept-message.sql}
   * @return a row for each delivery, as {@code claim-deliveries.sql} has it, without its target
   */
  public List<Map<String, Object>> take(
      SlotReservation reservation, List<Map<String, Object>> stored)
      throws JsonProcessingException {
    var rows = new ArrayList<Map<String, Object>>();
    for (var lead : stored) {
      if (lead.get("leased") != null) {
        for (var delivery : json.readTree((String) lead.get("leased"))) {
          rows.add(row(lead, delivery));
        }
      }
    }
    leases.claimed(rows);
    rows.forEach(row -> reservation.use((String) row.get("channel")));
    giveBack(reservation);
    return rows;
  }

  /**
   * Gives back the reserved slots that nothing was stored for, and wakes a channel where more
   * waits. Does nothing the second time.
   */
  public void giveBack(SlotReservation reservation) {
    admission.giveBack(reservation).forEach(attempts::wakeIfMoreWaits);
  }

  private Map<String, Object> row(Map<String, Object> lead, JsonNode delivery) {
    var row = new HashMap<String, Object>();
    row.put("id", UUID.fromString(delivery.get("id").textValue()));
    row.put("business_id", UUID.fromString((String) lead.get("business_id")));
    row.put("funnel_id", lead.get("funnel_id"));
    row.put("cause", "lead");
    row.put("channel", delivery.get("channel").textValue());
    row.put("queue_id", UUID.fromString(delivery.get("queueId").textValue()));
    row.put("attempt", 1);
    row.put("round", 1);
    row.put("attempt_limit", 0);
    row.put("leased_by", instance.name());
    row.put("payload", "{}");
    row.put("message", lead.get("message"));
    return row;
  }

  /** Each target once, however many go there: the parameter of {@code load-targets.sql}. */
  public Map<String, Object> targets(List<Map<String, Object>> rows)
      throws JsonProcessingException {
    var targets = new LinkedHashSet<Map<String, String>>();
    rows.forEach(row -> targets.add(target(row)));
    return Map.of("targets", json.writeValueAsString(targets));
  }

  private static Map<String, String> target(Map<String, Object> row) {
    return Map.of(
        "channel", (String) row.get("channel"),
        "queueId", row.get("queue_id").toString(),
        "businessId", row.get("business_id").toString(),
        "funnelId", String.valueOf(row.get("funnel_id")));
  }

  /**
   * Admits each delivery whose target takes it now.
   *
   * @param targets the rows of {@code load-targets.sql}, where a target that was deleted meanwhile
   *     has none; null where they could not be read, which refuses all
   */
  public Admitted admit(List<Map<String, Object>> rows, List<Map<String, Object>> targets) {
    if (targets == null) {
      rows.forEach(row -> admission.refuse((String) row.get("channel")));
      return new Admitted(List.of(), rows);
    }
    var known = new HashMap<Map<String, String>, Map<String, Object>>();
    targets.forEach(target -> known.put(target(target), target));
    var byChannel = new LinkedHashMap<String, List<Map<String, Object>>>();
    for (var row : rows) {
      var target = known.getOrDefault(target(row), Map.of());
      for (var column :
          List.of("recipient", "target", "business", "funnel", "url", "suppression")) {
        row.put(column, target.get(column));
      }
      byChannel.computeIfAbsent((String) row.get("channel"), each -> new ArrayList<>()).add(row);
    }
    var batches = new ArrayList<List<Attempt>>();
    var refused = new ArrayList<Map<String, Object>>();
    byChannel.forEach(
        (channel, all) -> {
          var admitted = new ArrayList<Map<String, Object>>();
          var quotas = admission.admit(channel, all, admitted, refused);
          if (!admitted.isEmpty()) {
            batches.add(attempts.of(channel, quotas, admitted));
          }
        });
    return new Admitted(batches, refused);
  }

  /** Gives up the leases of what is not sent: the parameters of {@code hand-back.sql}. */
  public Map<String, Object> handBack(List<Map<String, Object>> refused) {
    refused.forEach(leases::sent);
    return handBack(refused.stream().map(row -> row.get("id").toString()), Stream.empty());
  }

  /** The same for all deliveries of leads of which nobody knows whether they were stored. */
  public Map<String, Object> handBackLeads(List<String> leads) {
    return handBack(Stream.empty(), leads.stream());
  }

  private static Map<String, Object> handBack(Stream<String> ids, Stream<String> leads) {
    return Map.of("ids", ids.toArray(String[]::new), "leads", leads.toArray(String[]::new));
  }
}
