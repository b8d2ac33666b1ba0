package com.callback.messaging.delivery.channel.push;

import com.callback.messaging.delivery.channel.Bodies;
import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.delivery.engine.NeverDeliverableException;
import com.callback.messaging.delivery.engine.RefusedBySettingsException;
import com.callback.messaging.delivery.outbound.WebhookUrl;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Writes the requests that bring deliveries to browsers. */
@Component
public class PushMessages {

  private static final Set<String> URGENT = Set.of("high", "urgent");

  private final PushDevices devices;
  private final Bodies bodies;
  private final WebhookUrl urls;
  private final Vapid vapid;
  private final PushCipher cipher = new PushCipher();

  /**
   * @param address the endpoint of the browser
   * @param body encrypted for it
   * @param authorization the header of that name
   * @param urgency {@code high} wakes a phone that saves its battery (RFC 8030, 5.3)
   * @param topic a later message with it replaces an earlier one that was not yet shown (RFC 8030,
   *     5.4)
   */
  public record PushMessage(
      String address, byte[] body, String authorization, String urgency, String topic) {}

  PushMessages(PushDevices devices, Bodies bodies, WebhookUrl urls, Vapid vapid) {
    this.devices = devices;
    this.bodies = bodies;
    this.urls = urls;
    this.vapid = vapid;
  }

  /**
   * @throws NeverDeliverableException where the device is gone, or its address cannot be called
   */
  public PushMessage of(Delivery delivery) {
    var sealed = delivery.setting("device");
    if (sealed == null) {
      throw new NeverDeliverableException(
          "The device was removed: its owner switches notifications on again in the browser.");
    }
    var device = devices.opened(delivery.businessId().toString(), sealed);
    var address = callable(device.endpoint());
    return new PushMessage(
        address,
        cipher.encrypt(bodies.of(delivery), device.publicKey(), device.secret()),
        vapid.authorization(URI.create(address)),
        urgency(delivery),
        topic(delivery));
  }

  private String callable(String endpoint) {
    try {
      return urls.toSend(endpoint);
    } catch (RefusedBySettingsException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new NeverDeliverableException(e.getMessage());
    }
  }

  private static String urgency(Delivery delivery) {
    var lead = delivery.message();
    return lead == null || URGENT.contains(lead.path("priority").asText()) ? "high" : "normal";
  }

  /** 32 characters at most, of base64url. */
  private static String topic(Delivery delivery) {
    var about =
        delivery.message() == null
            ? delivery.id().toString()
            : delivery.message().path("id").asText();
    return about.replace("-", "").toLowerCase(Locale.ROOT);
  }
}
