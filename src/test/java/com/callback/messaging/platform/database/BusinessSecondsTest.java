package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * How long a business was open is what somebody finds who looks at its clock once a minute,
 * whatever that clock does.
 */
class BusinessSecondsTest {

  private static final String WORKDAYS =
      "[{\"weekday\":1,\"opens\":\"09:00\",\"closes\":\"17:00\"},{\"weekday\":5,\"opens\":\"09:00\",\"closes\":\"17:00\"}]";

  private static SingleConnectionDataSource connection;
  private static JdbcClient database;

  @BeforeContainer
  static void migrate() throws SQLException {
    connection =
        new SingleConnectionDataSource(
            TestDatabase.upToDate().login(TestDatabase.SUPERUSER).getConnection(), true);
    database = JdbcClient.create(connection);
  }

  @AfterContainer
  static void close() {
    connection.destroy();
  }

  /** Hours of one weekday, in minutes of the day. */
  private record Hours(int weekday, int opens, int closes) {

    boolean hold(int day, int minute) {
      return day == weekday && opens <= minute && minute < closes;
    }

    String json() {
      return "{\"weekday\":%d,\"opens\":\"%02d:%02d\",\"closes\":\"%02d:%02d\"}"
          .formatted(weekday, opens / 60, opens % 60, closes / 60, closes % 60);
    }
  }

  /** A zone, and a moment at which or near which its clock was changed. */
  private record Place(String zone, Instant at) {}

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void it_is_what_the_clock_shows(
      @ForAll("places") Place place,
      @ForAll("hours") List<Hours> hours,
      @ForAll("minutes") int minutes) {
    var zone = ZoneId.of(place.zone());
    var open = 0;
    for (var minute = 0; minute < minutes; minute++) {
      var local = place.at().plus(minute, ChronoUnit.MINUTES).atZone(zone).toLocalDateTime();
      var day = local.getDayOfWeek().getValue();
      var ofDay = local.getHour() * 60 + local.getMinute();
      if (hours.stream().anyMatch(each -> each.hold(day, ofDay))) {
        open++;
      }
    }
    var json = hours.stream().map(Hours::json).collect(Collectors.joining(",", "[", "]"));
    var until = place.at().plus(minutes, ChronoUnit.MINUTES);

    assertThat(seconds(json, place.zone(), place.at(), until)).isEqualTo(open * 60);
    assertThat(summed(json, place.zone(), place.at(), until)).isEqualTo(open * 60);
  }

  @Provide
  Arbitrary<Place> places() {
    var changes =
        Arbitraries.of(
            new Place("Australia/Sydney", Instant.parse("2024-04-06T16:00:00Z")),
            new Place("Australia/Sydney", Instant.parse("2024-10-05T16:00:00Z")),
            new Place("Australia/Lord_Howe", Instant.parse("2024-04-06T15:00:00Z")),
            new Place("Australia/Lord_Howe", Instant.parse("2024-10-05T15:30:00Z")),
            new Place("Europe/Berlin", Instant.parse("2024-03-31T01:00:00Z")),
            new Place("Europe/Berlin", Instant.parse("2024-10-27T01:00:00Z")),
            new Place("America/New_York", Instant.parse("2024-03-10T07:00:00Z")),
            new Place("America/New_York", Instant.parse("2024-11-03T06:00:00Z")),
            // Where midnight comes twice, or not at all.
            new Place("America/Havana", Instant.parse("2023-03-12T05:00:00Z")),
            new Place("America/Havana", Instant.parse("2023-11-05T05:00:00Z")),
            new Place("America/Asuncion", Instant.parse("2022-10-02T04:00:00Z")),
            new Place("America/Asuncion", Instant.parse("2022-03-27T03:00:00Z")),
            new Place("Asia/Kathmandu", Instant.parse("2024-01-01T00:00:00Z")),
            new Place("UTC", Instant.parse("2024-02-28T00:00:00Z")));
    return Combinators.combine(changes, Arbitraries.integers().between(-3 * 1440, 1440))
        .as(
            (place, minutes) ->
                new Place(place.zone(), place.at().plus(minutes, ChronoUnit.MINUTES)));
  }

  @Provide
  Arbitrary<Integer> minutes() {
    return Arbitraries.integers().between(0, 8 * 1440);
  }

  /** For some weekdays up to three times at which a business is open, none of which overlap. */
  @Provide
  Arbitrary<List<Hours>> hours() {
    var bounds =
        Arbitraries.integers().between(0, 1440).list().ofMinSize(2).ofMaxSize(6).map(TreeSet::new);
    var day = Combinators.combine(Arbitraries.integers().between(1, 7), bounds).as(this::ofDay);
    return day.list()
        .ofMinSize(1)
        .ofMaxSize(7)
        .uniqueElements(each -> each.isEmpty() ? 0 : each.get(0).weekday())
        .map(days -> days.stream().flatMap(List::stream).toList());
  }

  private List<Hours> ofDay(int weekday, TreeSet<Integer> bounds) {
    var times = List.copyOf(bounds);
    var hours = new ArrayList<Hours>();
    for (var i = 0; i + 1 < times.size(); i += 2) {
      hours.add(new Hours(weekday, times.get(i), times.get(i + 1)));
    }
    return hours;
  }

  @Example
  void from_friday_ten_to_five_to_monday_ten_past_nine_are_twenty_minutes() {
    assertThat(
            seconds(
                WORKDAYS,
                "Australia/Sydney",
                Instant.parse("2024-10-04T06:50:00Z"),
                Instant.parse("2024-10-06T22:10:00Z")))
        .isEqualTo(1200);
  }

  @Example
  void a_part_of_a_second_does_not_count_and_neither_does_time_that_goes_back() {
    var monday = Instant.parse("2024-05-06T10:00:00Z");
    assertThat(seconds(WORKDAYS, "UTC", monday, monday.plusMillis(1999))).isEqualTo(1);
    assertThat(seconds(WORKDAYS, "UTC", monday, monday)).isZero();
    assertThat(seconds(WORKDAYS, "UTC", monday, monday.minusSeconds(60))).isZero();
    assertThat(seconds("[]", "UTC", monday, monday.plusSeconds(60))).isZero();
  }

  private static int seconds(String hours, String zone, Instant since, Instant until) {
    return database
        .sql(
            "select messaging.business_seconds(cast(? as jsonb), ?, cast(? as timestamptz), cast(? as timestamptz))")
        .params(hours, zone, since.toString(), until.toString())
        .query(Integer.class)
        .single();
  }

  /** The same by the way in which many leads are counted at once. */
  private static int summed(String hours, String zone, Instant since, Instant until) {
    return database
        .sql(
            """
            select coalesce(floor(messaging.open_until(cast(? as timestamptz), o.opens, o.closes, o.before)
              - messaging.open_until(cast(? as timestamptz), o.opens, o.closes, o.before) + 0.0001), 0)::integer
            from messaging.opening(cast(? as jsonb), ?, cast(? as timestamptz) - interval '3 days', cast(? as timestamptz) + interval '1 day') o
            """)
        .params(until.toString(), since.toString(), hours, zone, since.toString(), until.toString())
        .query(Integer.class)
        .single();
  }
}
