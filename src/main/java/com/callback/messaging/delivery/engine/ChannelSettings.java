package com.callback.messaging.delivery.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a channel works: its block {@code channels.<name>} in the configuration.
 *
 * @param label what people call it; null for its name
 * @param recipient what a business enters as its recipient; null for a channel without one
 * @param forMembers whether it goes to addresses of members, so that no business switches it on
 * @param providers name the routes that send, {@code direct:<channel>-via-<provider>}; the first is
 *     used while it works, the next ones take over when it does not
 * @param acceptedAs the state once the far end has taken it: {@code delivered} where that is proof,
 *     {@code sent} where a receipt may follow
 * @param inFlight how many sends are under way at once, at least 1
 * @param batch how many deliveries one claim takes, at least 1
 * @param resendWhenUnknown whether to send again when nobody knows whether the last attempt arrived
 * @param receiptWait how long a receipt may take for what nobody knows of; then the fallback
 *     channel is used
 * @param schedule the waits between attempts; one more attempt than waits is made, and one more for
 *     each further provider
 * @param refusedOn HTTP statuses with which a provider refuses the message itself, for good
 * @param goneOn HTTP statuses with which a receiver asks for nothing more, ever
 * @param text what the provider takes as text
 * @param response what the provider says in the body of a response, beside its status
 * @param requires names of settings of the block that must not be empty while the channel is
 *     enabled
 * @param values texts of the operator for the body template, by name; none is a secret
 */
public record ChannelSettings(
    @DefaultValue("true") boolean enabled,
    String label,
    RecipientFormat recipient,
    @DefaultValue("false") boolean forMembers,
    List<String> providers,
    @DefaultValue("sent") String acceptedAs,
    @DefaultValue("32") int inFlight,
    @DefaultValue("32") int batch,
    @DefaultValue("true") boolean resendWhenUnknown,
    @DefaultValue("10m") Duration receiptWait,
    List<Duration> schedule,
    Set<Integer> refusedOn,
    Set<Integer> goneOn,
    @DefaultValue TextFormat text,
    @DefaultValue ResponseFormat response,
    List<String> requires,
    Map<String, String> values) {

  private static final int LEAST_LOSSES = 6;

  public ChannelSettings {
    schedule = schedule == null ? List.of() : List.copyOf(schedule);
    providers = providers == null ? List.of() : List.copyOf(providers);
    refusedOn = refusedOn == null ? Set.of() : Set.copyOf(refusedOn);
    goneOn = goneOn == null ? Set.of() : Set.copyOf(goneOn);
    requires = requires == null ? List.of() : List.copyOf(requires);
    values = values == null ? Map.of() : Map.copyOf(values);
    if (providers.isEmpty()) {
      throw new IllegalArgumentException("providers is empty: name at least one.");
    }
    if (!List.of("sent", "delivered").contains(acceptedAs)) {
      throw new IllegalArgumentException(
          "accepted-as is \"" + acceptedAs + "\": set it to sent or delivered.");
    }
    if (inFlight < 1 || batch < 1) {
      throw new IllegalArgumentException("in-flight and batch must be 1 or more");
    }
  }

  /** How many attempts are made before a delivery has failed. */
  public int attempts() {
    return schedule.size() + providers.size();
  }

  /**
   * After how many attempts a delivery is given up whose last one was lost with the service that
   * made it. A short schedule is no reason to give up early: a service that is restarted a few
   * times in a row says nothing about the delivery.
   */
  public int losses() {
    return Math.max(attempts(), LEAST_LOSSES);
  }
}
