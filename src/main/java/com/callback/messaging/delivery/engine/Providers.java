package com.callback.messaging.delivery.engine;

import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Chooses who carries a delivery: the first provider while it works. An attempt after a failure
 * goes to the next one, and one that does not answer is passed over while its breaker is open.
 */
@Component
public class Providers {

  private final Channels channels;
  private final Hosts hosts;
  private final ProviderHealth health;

  Providers(Channels channels, Hosts hosts, ProviderHealth health) {
    this.channels = channels;
    this.hosts = hosts;
    this.health = health;
  }

  /** The provider for this attempt. */
  public String choose(Delivery delivery) {
    var providers = channels.of(delivery.channel()).providers();
    var first = (delivery.round() - 1) % providers.size();
    for (int i = 0; i < providers.size(); i++) {
      var provider = providers.get((first + i) % providers.size());
      if (providers.size() == 1 || hosts.mayTry(breaker(delivery.channel(), provider))) {
        return provider;
      }
    }
    return providers.get(first);
  }

  /** Notes how the provider did. */
  void note(String channel, String provider, List<RequestRecord> requests) {
    if (provider == null) {
      return;
    }
    health.note(channel, provider, requests);
    if (channels.of(channel).providers().size() > 1) {
      hosts.observe(breaker(channel, provider), requests);
    }
  }

  /** How the circuit breaker of a provider is named. */
  static String breaker(String channel, String provider) {
    return channel + " via " + provider;
  }
}
