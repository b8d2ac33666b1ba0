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
  void nobody_gets_more_than_is_due_and_no_place_is_left_while_anybody_waits(
      @ForAll("lanes") List<DueLane> waiting, @ForAll @IntRange(max = 60) int places) {
    var shares = new Shares(lane -> true).of(waiting, places);

    assertThat(sum(shares)).isEqualTo(Math.min(places, due(waiting)));
    shares.forEach((lane, share) -> assertThat(share).isBetween(1, lane.deliveries()));
  }

  @Property
  void a_business_gets_at_most_one_less_than_another_unless_it_has_no_more(
      @ForAll("lanes") List<DueLane> waiting, @ForAll @IntRange(max = 60) int places) {
    var shares = new Shares(lane -> true).of(waiting, places);

    var most = byBusiness(waiting, shares).values().stream().mapToInt(i -> i).max().orElse(0);
    waiting.stream()
        .collect(Collectors.groupingBy(DueLane::businessId))
        .forEach(
            (business, lanes) ->
                assertThat(byBusiness(waiting, shares).get(business))
                    .isGreaterThanOrEqualTo(Math.min(most - 1, due(lanes))));
  }

  @Property
  void a_lane_gets_at_most_one_less_than_another_of_its_business_unless_it_has_no_more(
      @ForAll("lanes") List<DueLane> waiting, @ForAll @IntRange(max = 60) int places) {
    var shares = new Shares(lane -> true).of(waiting, places);

    for (var lane : waiting) {
      var most =
          waiting.stream()
              .filter(other -> other.businessId().equals(lane.businessId()))
              .mapToInt(other -> shares.getOrDefault(other, 0))
              .max()
              .orElse(0);
      assertThat(shares.getOrDefault(lane, 0))
          .isGreaterThanOrEqualTo(Math.min(most - 1, lane.deliveries()));
    }
  }

  @Property
  void a_lane_that_was_refused_is_not_asked_again_and_its_places_go_to_others(
      @ForAll("lanes") List<DueLane> waiting,
      @ForAll @IntRange(max = 60) int places,
      @ForAll List<Boolean> answers) {
    var refused = new HashSet<DueLane>();
    var granted = new ArrayList<DueLane>();
    var answer = answers.iterator();

    var shares =
        new Shares(
                lane -> {
                  assertThat(refused).doesNotContain(lane);
                  var may = !answer.hasNext() || answer.next();
                  (may ? granted : refused).add(lane);
                  return may;
                })
            .of(waiting, places);

    assertThat(sum(shares)).isEqualTo(granted.size()).isLessThanOrEqualTo(places);
    var open = waiting.stream().filter(lane -> !refused.contains(lane)).toList();
    assertThat(sum(shares)).isGreaterThanOrEqualTo(Math.min(places, due(open)));
  }

  @Test
  void a_backlog_of_one_business_leaves_the_other_its_half() {
    var busy = new DueLane(UUID.randomUUID(), UUID.randomUUID(), 10_000, false, "a");
    var quiet = new DueLane(UUID.randomUUID(), UUID.randomUUID(), 10, false, "b");

    assertThat(new Shares(lane -> true).of(List.of(busy, quiet), 16))
        .isEqualTo(Map.of(busy, 8, quiet, 8));
  }

  @Provide
  Arbitrary<List<DueLane>> lanes() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 4), Arbitraries.integers().between(1, 20))
        .as(
            (business, due) ->
                new DueLane(new UUID(0, business), UUID.randomUUID(), due, false, "host.example"))
        .list()
        .ofMaxSize(10);
  }

  private static Map<UUID, Integer> byBusiness(
      List<DueLane> waiting, Map<DueLane, Integer> shares) {
    return waiting.stream()
        .collect(
            Collectors.groupingBy(
                DueLane::businessId, Collectors.summingInt(lane -> shares.getOrDefault(lane, 0))));
  }

  private static int sum(Map<DueLane, Integer> shares) {
    return shares.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static int due(List<DueLane> lanes) {
    return lanes.stream().mapToInt(DueLane::deliveries).sum();
  }
}
