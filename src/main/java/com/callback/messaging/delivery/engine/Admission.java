package com.callback.messaging.delivery.engine;

import com.callback.messaging.delivery.engine.ClaimQuotas.Quota;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Decides how much of what is due this instance takes on: as many as the channel has slots, each
 * business its fair share, no host more than it can bear. A business whose endpoints hang never has
 * all of the slots: some are reserved for others. Every slot taken is given back, by {@link
 * #claimed} if the claim did not find a delivery for it, by {@link #done} otherwise. What is
 * reserved for leads that are about to be stored is given back by {@link #giveBack} or {@link
 * #admit}, and by {@link #done} once it is sent.
 */
@Component
public class Admission {

  private static final Duration BUSY_FOR = Duration.ofSeconds(1);
  private static final int MOST_BUSY = 500;

  /** A lead seldom has more deliveries of one channel; what has no slot is claimed. */
  private static final int PER_LEAD = 2;

  private static final int AT_LEAST = 4;

  private final Channels channels;
  private final Hosts hosts;
  private final Providers providers;
  private final ClaimGate claimGate;
  private final OutcomeQueue outcomeQueue;
  private final Leases leases;
  private final Map<String, ChannelSlots> states = new ConcurrentHashMap<>();

  /** Targets that refused a delivery within the last second. */
  private final Cache<UUID, Boolean> busy =
      Caffeine.newBuilder().expireAfterWrite(BUSY_FOR).maximumSize(MOST_BUSY).build();

  Admission(
      Channels channels,
      Hosts hosts,
      Providers providers,
      ClaimGate claimGate,
      OutcomeQueue outcomeQueue,
      Leases leases) {
    this.leases = leases;
    this.providers = providers;
    this.outcomeQueue = outcomeQueue;
    this.channels = channels;
    this.hosts = hosts;
    this.claimGate = claimGate;
  }

  /**
   * Divides free slots among the target queues that have something due.
   *
   * @param due the rows of {@code list-due-queues.sql}
   */
  public ClaimQuotas quotas(String channel, List<Map<String, Object>> due) {
    var state = state(channel);
    synchronized (state) {
      return quotas(channel, state, due);
    }
  }

  private ClaimQuotas quotas(String channel, ChannelSlots state, List<Map<String, Object>> due) {
    var settings = channels.of(channel);
    // The business with the fewest requests under way comes first, or each slot that comes free
    // at a busy host goes to the longest queue again.
    var taken = Map.copyOf(state.takenBy);
    var waiting =
        due.stream()
            .map(row -> TargetQueue.of(channel, row))
            .sorted(Comparator.comparingInt(queue -> taken.getOrDefault(queue.businessId(), 0)))
            .toList();
    var slots = claimGate.allows(Math.min(settings.batch(), free(channel)));
    var fair = new FairPart(free(channel), state.limit.current(), taken);
    var shares = new Shares(queue -> mayTake(channel, fair, queue)).of(waiting, Math.max(0, slots));
    shares.forEach((queue, share) -> state.take(queue.businessId(), share));
    // The sweep looks for what is behind an open breaker: a backlog there must not have every send
    // look again.
    state.moreWaits =
        waiting.stream()
            .filter(queue -> !hosts.isOpen(queue.target()))
            .anyMatch(queue -> queue.more() || queue.deliveries() > shares.getOrDefault(queue, 0));
    return new ClaimQuotas(
        shares.entrySet().stream()
            .map(
                share ->
                    new Quota(
                        share.getKey().businessId(),
                        share.getKey().queueId(),
                        share.getValue(),
                        share.getKey().host()))
            .toList());
  }

  /**
   * Reserves slots for the deliveries of leads that are about to be stored. Where more waits
   * already none are: what waits is served first.
   *
   * @param leads how many are stored at once
   */
  public SlotReservation reserve(int leads) {
    var slots = new HashMap<String, Integer>();
    for (var channel : channels.enabled()) {
      var state = state(channel);
      synchronized (state) {
        var most = Math.max(AT_LEAST, PER_LEAD * leads);
        var half = (free(channel) + 1) / 2;
        var free = state.moreWaits ? 0 : claimGate.allows(Math.min(most, half));
        if (free > 0) {
          state.taken.addAndGet(free);
          slots.put(channel, free);
        }
      }
    }
    return new SlotReservation(
        slots, String.join(",", busy.asMap().keySet().stream().map(UUID::toString).toList()));
  }

  /**
   * Gives back the reserved slots that are not used. Does nothing the second time.
   *
   * @return the channels that have slots back
   */
  Set<String> giveBack(SlotReservation reservation) {
    var rest = reservation.takeRest();
    rest.forEach((channel, slots) -> state(channel).taken.addAndGet(-slots));
    return rest.keySet();
  }

  /** A delivery with a reserved slot is not sent: it waits for a claim. */
  void refuse(String channel) {
    var state = state(channel);
    state.taken.decrementAndGet();
    state.moreWaits = true;
  }

  /**
   * Admits deliveries that were stored under a lease and have a reserved slot each, by the same
   * rules as {@link #quotas}. A refused delivery gives its slot back.
   *
   * @param rows of one channel, with the {@code url} that they go to
   */
  ClaimQuotas admit(
      String channel,
      List<Map<String, Object>> rows,
      List<Map<String, Object>> admitted,
      List<Map<String, Object>> refused) {
    var state = state(channel);
    var quotas = new LinkedHashMap<UUID, Quota>();
    synchronized (state) {
      var fair =
          new FairPart(
              free(channel) + rows.size(), state.limit.current(), Map.copyOf(state.takenBy));
      for (var row : rows) {
        var queue =
            new TargetQueue(
                (UUID) row.get("business_id"),
                (UUID) row.get("queue_id"),
                1,
                false,
                TargetQueue.host(channel, (String) row.get("url")));
        if (mayTake(channel, fair, queue)) {
          state.takenBy.merge(queue.businessId(), 1, Integer::sum);
          quotas.put(
              queue.queueId(), new Quota(queue.businessId(), queue.queueId(), 1, queue.host()));
          admitted.add(row);
        } else {
          state.taken.decrementAndGet();
          state.moreWaits |= !hosts.isOpen(queue.target());
          busy.put(queue.queueId(), true);
          refused.add(row);
        }
      }
    }
    return new ClaimQuotas(List.copyOf(quotas.values()));
  }

  private boolean mayTake(String channel, FairPart fair, TargetQueue queue) {
    return fair.leavesEnough(channel, queue)
        && hosts.tryAcquire(queue.target(), !queue.host().equals(channel))
        && fair.take(queue);
  }

  /**
   * Gives back the slots for which the claim found no delivery, because other instances were
   * faster.
   *
   * @param claimed the rows of {@code claim-deliveries.sql}; null when the claim failed
   */
  public void claimed(String channel, ClaimQuotas quotas, List<Map<String, Object>> claimed) {
    var taken = new HashMap<UUID, Integer>();
    if (claimed != null) {
      leases.claimed(claimed);
      claimed.forEach(row -> taken.merge((UUID) row.get("queue_id"), 1, Integer::sum));
    }
    for (var quota : quotas.all()) {
      for (int i = taken.getOrDefault(quota.queueId(), 0); i < quota.most(); i++) {
        hosts.release(quota.target());
        state(channel).giveBack(quota.businessId());
      }
    }
  }

  /**
   * Gives back a delivery's slot, and learns from what became of it.
   *
   * @param provider who carried it; null if it did not come to that
   * @param requests that were made for it
   */
  public void done(
      String channel,
      ClaimQuotas quotas,
      Map<String, Object> row,
      String provider,
      List<RequestRecord> requests) {
    leases.sent(row);
    providers.note(channel, provider, requests);
    var queueId = row.get("queue_id");
    quotas.all().stream()
        .filter(quota -> quota.queueId().equals(queueId))
        .findFirst()
        .ifPresent(quota -> giveBack(channel, quota.target(), requests));
    var state = state(channel);
    state.limit.learn(provider, requests, state.taken.get());
    state.giveBack((UUID) row.get("business_id"));
  }

  /** How a provider does is between it and {@link Providers}. */
  private void giveBack(String channel, Target target, List<RequestRecord> requests) {
    if (target.host().equals(channel)) {
      hosts.release(target);
    } else {
      hosts.done(target, requests);
    }
  }

  /** Whether more was due than there were slots for. */
  public boolean moreWaits(String channel) {
    return state(channel).moreWaits;
  }

  /** Whether to look for more now: something waited, and a good part of the slots is free again. */
  public boolean hasFreeSlots(String channel) {
    var state = state(channel);
    var limit = state.limit.current();
    return state.moreWaits && state.taken.get() <= limit - (limit + 3) / 4;
  }

  /** How many more sends of a channel may be under way; what is not yet recorded counts as such. */
  private int free(String channel) {
    var state = state(channel);
    return state.limit.current() - state.taken.get() - outcomeQueue.unrecorded(channel);
  }

  /** Whether anything at all is under way. */
  boolean isSending() {
    return states.values().stream().anyMatch(state -> state.taken.get() > 0);
  }

  /** How many sends of a channel are under way. */
  int inFlight(String channel) {
    return state(channel).taken.get();
  }

  private ChannelSlots state(String channel) {
    return states.computeIfAbsent(
        channel,
        name -> new ChannelSlots(new ConcurrencyLimit(name, channels.of(name).inFlight())));
  }
}
