package com.callback.messaging.delivery.receipt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.springframework.stereotype.Component;

/**
 * Hands receipts to the statement {@code record-receipts}, and counts them in the metric {@code
 * messaging.receipts} by provider and result: {@code recorded}, {@code repeated} (known before),
 * {@code unmatched} (no such delivery), and what the provider's own class counts, such as {@code
 * ignored}.
 */
@Component
public class DeliveryReceipts {

  private static final int PART = 500;

  private final ObjectMapper json;
  private final MeterRegistry metrics;
  private final String rules;

  public DeliveryReceipts(ObjectMapper json, MeterRegistry metrics) throws JsonProcessingException {
    this.json = json;
    this.metrics = metrics;
    this.rules = json.writeValueAsString(ReceiptEvent.rules());
  }

  /** The receipts as they are recorded: 500 in a commit. A repeated batch records each once. */
  public List<List<DeliveryReceipt>> parts(List<DeliveryReceipt> receipts) {
    return IntStream.range(0, (receipts.size() + PART - 1) / PART)
        .mapToObj(
            part -> receipts.subList(part * PART, Math.min(receipts.size(), (part + 1) * PART)))
        .toList();
  }

  /** The parameters of the statement. */
  public Map<String, Object> row(List<DeliveryReceipt> receipts) throws JsonProcessingException {
    return Map.of("receipts", json.writeValueAsString(receipts), "rules", rules);
  }

  /**
   * Counts what was recorded.
   *
   * @param provider who sent them
   * @param result what the statement gave
   * @return the businesses whose deliveries these are, with commas between them; empty for none
   */
  public String recorded(String provider, List<DeliveryReceipt> receipts, String result)
      throws JsonProcessingException {
    var counts = json.readTree(result);
    var known = counts.path("known").asInt();
    var recorded = counts.path("recorded").asInt();
    count(provider, "recorded", recorded);
    count(provider, "repeated", known - recorded);
    count(provider, "unmatched", receipts.size() - known);
    return StreamSupport.stream(counts.path("businesses").spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(","));
  }

  /** Counts events of a provider with this result. */
  public void count(String provider, String result, int events) {
    if (events > 0) {
      metrics
          .counter("messaging.receipts", "provider", provider, "result", result)
          .increment(events);
    }
  }
}
