package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SharesTest {

  @Property
  void nobody_gets_more_than_is_due_and_no_slot_is_left_while_anybody_waits(
      @ForAll("queues") List<TargetQueue> waiting, @ForAll @IntRange(max = 60) int slots) {
    var shares = new Shares(queue -> true).of(waiting, slots);

    assertThat(sum(shares)).isEqualTo(Math.min(slots, due(waiting)));
    shares.forEach((queue, share) -> assertThat(share).isBetween(1, queue.deliveries()));
  }

  @Property
  void a_business_gets_at_most_one_less_than_another_unless_it_has_no_more(
      @ForAll("queues") List<TargetQueue> waiting, @ForAll @IntRange(max = 60) int slots) {
    var shares = new Shares(queue -> true).of(waiting, slots);

    var most = byBusiness(waiting, shares).values().stream().mapToInt(i -> i).max().orElse(0);
    waiting.stream()
        .collect(Collectors.groupingBy(TargetQueue::businessId))
        .forEach(
            (business, queues) ->
                assertThat(byBusiness(waiting, shares).get(business))
                    .isGreaterThanOrEqualTo(Math.min(most - 1, due(queues))));
  }

  @Property
  void a_queue_gets_at_most_one_less_than_another_of_its_business_unless_it_has_no_more(
      @ForAll("queues") List<TargetQueue> waiting, @ForAll @IntRange(max = 60) int slots) {
    var shares = new Shares(queue -> true).of(waiting, slots);

    for (var queue : waiting) {
      var most =
          waiting.stream()
              .filter(other -> other.businessId().equals(queue.businessId()))
              .mapToInt(other -> shares.getOrDefault(other, 0))
              .max()
              .orElse(0);
      assertThat(shares.getOrDefault(queue, 0))
          .isGreaterThanOrEqualTo(Math.min(most - 1, queue.deliveries()));
    }
  }

  @Property
  void a_queue_that_was_refused_is_not_asked_again_and_its_slots_go_to_others(
      @ForAll("queues") List<TargetQueue> waiting,
      @ForAll @IntRange(max = 60) int slots,
      @ForAll List<Boolean> answers) {
    var refused = new HashSet<TargetQueue>();
    var granted = new ArrayList<TargetQueue>();
    var answer = answers.iterator();

    var shares =
        new Shares(
                queue -> {
                  assertThat(refused).doesNotContain(queue);
                  var may = !answer.hasNext() || answer.next();
                  (may ? granted : refused).add(queue);
                  return may;
                })
            .of(waiting, slots);

    assertThat(sum(shares)).isEqualTo(granted.size()).isLessThanOrEqualTo(slots);
    var open = waiting.stream().filter(queue -> !refused.contains(queue)).toList();
    assertThat(sum(shares)).isGreaterThanOrEqualTo(Math.min(slots, due(open)));
  }

  @Test
  void a_backlog_of_one_business_leaves_the_other_its_half() {
    var busy = new TargetQueue(UUID.randomUUID(), UUID.randomUUID(), 10_000, false, "a");
    var quiet = new TargetQueue(UUID.randomUUID(), UUID.randomUUID(), 10, false, "b");

    assertThat(new Shares(queue -> true).of(List.of(busy, quiet), 16))
        .isEqualTo(Map.of(busy, 8, quiet, 8));
  }

  @Provide
  Arbitrary<List<TargetQueue>> queues() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 4), Arbitraries.integers().between(1, 20))
        .as(
            (business, due) ->
                new TargetQueue(
                    new UUID(0, business), UUID.randomUUID(), due, false, "host.example"))
        .list()
        .ofMaxSize(10);
  }

  private static Map<UUID, Integer> byBusiness(
      List<TargetQueue> waiting, Map<TargetQueue, Integer> shares) {
    return waiting.stream()
        .collect(
            Collectors.groupingBy(
                TargetQueue::businessId,
                Collectors.summingInt(queue -> shares.getOrDefault(queue, 0))));
  }

  private static int sum(Map<TargetQueue, Integer> shares) {
    return shares.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static int due(List<TargetQueue> queues) {
    return queues.stream().mapToInt(TargetQueue::deliveries).sum();
  }
}
