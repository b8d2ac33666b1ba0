package com.callback.messaging.delivery.channel;

import com.callback.messaging.delivery.engine.Delivery;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** A test that somebody asked for, as templates name its parts. */
@Component
public class TestModel {

  TestModel() {}

  /** The model of a delivery of the cause {@code test}. */
  public Map<String, Object> of(Delivery delivery) {
    var model = new LinkedHashMap<String, Object>();
    model.put("business", delivery.business().path("name").textValue());
    model.put("by", delivery.payload().path("by").textValue());
    model.put("at", delivery.localTime(Instant.parse(delivery.payload().path("at").asText())));
    model.values().removeIf(value -> value == null);
    return model;
  }
}
