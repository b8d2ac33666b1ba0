package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
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
import net.jqwik.api.lifecycle.BeforeTry;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * When a business is open, opens next, and has been open for so many minutes is what somebody finds
 * who looks at its clock and calendar once a minute.
 */
class OpeningTimesTest {

  private static final UUID BUSINESS = UUID.randomUUID();
  private static final int DAY = 1440;

  private static SingleConnectionDataSource connection;
  private static JdbcClient database;

  @BeforeContainer
  static void migrate() throws SQLException {
    connection =
        new SingleConnectionDataSource(
            TestDatabase.upToDate().login(TestDatabase.SUPERUSER).getConnection(), true);
    database = JdbcClient.create(connection);
    run("insert into public.businesses (id, name) values ('%s', 'Harbour')".formatted(BUSINESS));
  }

  @AfterContainer
  static void close() {
    connection.destroy();
  }

  @BeforeTry
  void a_business_that_has_set_nothing() {
    for (var table : List.of("business_hours", "business_holidays", "business_settings")) {
      run("delete from messaging.%s where business_id = '%s'".formatted(table, BUSINESS));
    }
  }

  /** A zone, and a moment at which or near which its clock was changed. */
  private record Place(String zone, Instant at) {}

  /** Minutes of the day; one that closes no later than it opens closes on the next day. */
  private record Span(int opens, int closes) {

    boolean holds(int minute) {
      return opens <= minute && minute < (closes <= opens ? closes + DAY : closes);
    }

    String json() {
      return "{\"opens\":\"%s\",\"closes\":\"%s\"}".formatted(time(opens), time(closes));
    }
  }

  /** Hours of a weekday, or of a holiday so many days from the moment, with none where closed. */
  private record OfDay(int day, List<Span> spans) {}

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void it_is_open_when_its_clock_and_its_calendar_say_so(
      @ForAll("places") Place place,
      @ForAll("weeks") List<OfDay> week,
      @ForAll("holidays") List<OfDay> holidays,
      @ForAll("lengths") int minutes) {
    var zone = ZoneId.of(place.zone());
    var today = place.at().atZone(zone).toLocalDate();
    keep(place.zone(), week, holidays, today);

    assertThat(isOpen(place.at())).isEqualTo(open(zone, place.at(), week, holidays, today));
    var end = 6 * DAY;
    var opening = -1;
    var passed = 0;
    Instant reached = null;
    for (var minute = 0; minute < end && reached == null; minute++) {
      var moment = place.at().plus(minute, ChronoUnit.MINUTES);
      if (open(zone, moment, week, holidays, today)) {
        opening = opening < 0 ? minute : opening;
        passed++;
        reached = passed == minutes ? moment.plus(1, ChronoUnit.MINUTES) : null;
      }
    }
    if (opening >= 0) {
      assertThat(at("next_opening", place.at(), ""))
          .isEqualTo(place.at().plus(opening, ChronoUnit.MINUTES));
    }
    if (reached != null) {
      assertThat(at("after_open_minutes", place.at(), ", " + minutes)).isEqualTo(reached);
    }
  }

  private static boolean open(
      ZoneId zone, Instant moment, List<OfDay> week, List<OfDay> holidays, LocalDate today) {
    var local = moment.atZone(zone).toLocalDateTime();
    var minute = local.getHour() * 60 + local.getMinute();
    var day = local.toLocalDate();
    return spans(day, week, holidays, today).stream().anyMatch(each -> each.holds(minute))
        || spans(day.minusDays(1), week, holidays, today).stream()
            .anyMatch(each -> each.holds(minute + DAY));
  }

  private static List<Span> spans(
      LocalDate day, List<OfDay> week, List<OfDay> holidays, LocalDate today) {
    return holidays.stream()
        .filter(each -> today.plusDays(each.day()).equals(day))
        .findFirst()
        .or(
            () ->
                week.stream()
                    .filter(each -> each.day() == day.getDayOfWeek().getValue())
                    .findFirst())
        .map(OfDay::spans)
        .orElse(List.of());
  }

  @Provide
  Arbitrary<Place> places() {
    var changes =
        Arbitraries.of(
            new Place("Australia/Sydney", Instant.parse("2024-04-06T16:00:00Z")),
            new Place("Australia/Lord_Howe", Instant.parse("2024-10-05T15:30:00Z")),
            new Place("Europe/Berlin", Instant.parse("2024-03-31T01:00:00Z")),
            new Place("Europe/Berlin", Instant.parse("2024-10-27T01:00:00Z")),
            new Place("America/New_York", Instant.parse("2024-03-10T07:00:00Z")),
            // Where midnight comes twice, or not at all.
            new Place("America/Havana", Instant.parse("2023-11-05T05:00:00Z")),
            new Place("America/Asuncion", Instant.parse("2022-10-02T04:00:00Z")),
            new Place("UTC", Instant.parse("2024-02-28T00:00:00Z")));
    return Combinators.combine(changes, Arbitraries.integers().between(-3 * DAY, DAY))
        .as(
            (place, minutes) ->
                new Place(place.zone(), place.at().plus(minutes, ChronoUnit.MINUTES)));
  }

  @Provide
  Arbitrary<List<OfDay>> weeks() {
    return days(1, 7, 1).list().ofMinSize(1).ofMaxSize(7).uniqueElements(OfDay::day);
  }

  @Provide
  Arbitrary<List<OfDay>> holidays() {
    return days(-1, 5, 0).list().ofMaxSize(3).uniqueElements(OfDay::day);
  }

  @Provide
  Arbitrary<Integer> lengths() {
    return Arbitraries.integers().between(1, 3 * DAY);
  }

  /** Up to three spans a day, from midnight to 24:00, over midnight, some of which overlap. */
  private static Arbitrary<OfDay> days(int first, int last, int fewest) {
    var opens = Arbitraries.integers().between(0, DAY - 1);
    var closes = Arbitraries.oneOf(Arbitraries.integers().between(1, DAY), Arbitraries.just(DAY));
    var span =
        Combinators.combine(opens, closes)
            .as(Span::new)
            .filter(each -> each.opens() != each.closes());
    return Combinators.combine(
            Arbitraries.integers().between(first, last),
            span.list().ofMinSize(fewest).ofMaxSize(3).uniqueElements(Span::opens))
        .as(OfDay::new);
  }

  @Example
  void a_business_that_has_set_no_hours_is_always_open_but_on_its_holidays() {
    var sunday = Instant.parse("2024-12-22T03:00:00Z");
    assertThat(isOpen(sunday)).isTrue();
    assertThat(at("after_open_minutes", sunday, ", 90")).isEqualTo(sunday.plusSeconds(5400));

    keep("UTC", List.of(), List.of(new OfDay(3, List.of())), LocalDate.parse("2024-12-22"));

    var christmas = Instant.parse("2024-12-25T10:00:00Z");
    assertThat(isOpen(christmas)).isFalse();
    assertThat(at("next_opening", christmas, "")).isEqualTo("2024-12-26T00:00:00Z");
    assertThat(at("after_open_minutes", christmas, ", 5")).isEqualTo("2024-12-26T00:05:00Z");
  }

  @Example
  void a_business_that_never_opens_has_no_next_opening_and_is_notified_at_once() {
    keep("UTC", List.of(), List.of(), LocalDate.parse("2024-12-22"));
    run(
        """
        insert into messaging.business_holidays (business_id, day, name)
        select '%s', date '2024-12-01' + i, 'Closed' from generate_series(0, 500) i
        """
            .formatted(BUSINESS));
    quiet("closed", "[]");

    var moment = Instant.parse("2024-12-22T03:00:00Z");
    assertThat(at("next_opening", moment, "")).isNull();
    assertThat(at("after_open_minutes", moment, ", 60")).isEqualTo(moment.plusSeconds(3600));
    assertThat(at("defer_until", moment, ", 'medium'")).isNull();
  }

  @Example
  void a_time_zone_that_the_database_has_forgotten_counts_as_utc() {
    keep("UTC", List.of(new OfDay(1, List.of(new Span(540, 1020)))), List.of(), LocalDate.MIN);
    run(
        "alter table messaging.business_settings drop constraint business_settings_time_zone_check");
    run("update messaging.business_settings set time_zone = 'Atlantis/Capital'");
    quiet("spans", "[{\"weekday\":1,\"opens\":\"22:00\",\"closes\":\"06:00\"}]");

    assertThat(isOpen(Instant.parse("2024-12-23T09:00:00Z"))).isTrue();
    assertThat(isOpen(Instant.parse("2024-12-23T08:59:00Z"))).isFalse();
    assertThat(at("defer_until", Instant.parse("2024-12-23T23:00:00Z"), ", 'medium'"))
        .isEqualTo("2024-12-24T06:00:00Z");
  }

  @Example
  void a_notification_is_deferred_to_the_next_opening_unless_it_is_urgent() {
    keep(
        "Europe/Berlin",
        List.of(
            new OfDay(5, List.of(new Span(540, 1020))), new OfDay(1, List.of(new Span(480, 1020)))),
        List.of(),
        LocalDate.MIN);
    var friday = Instant.parse("2024-03-29T20:00:00Z");
    assertThat(at("defer_until", friday, ", 'medium'")).as("without quiet hours").isNull();

    quiet("closed", "[]");

    // The clock goes forward on the Sunday between.
    assertThat(at("defer_until", friday, ", 'medium'")).isEqualTo("2024-04-01T06:00:00Z");
    assertThat(at("defer_until", friday, ", 'urgent'")).isNull();
    assertThat(at("defer_until", Instant.parse("2024-03-29T15:59:59Z"), ", 'low'")).isNull();
    assertThat(at("defer_until", Instant.parse("2024-03-29T16:00:00Z"), ", 'low'")).isNotNull();
    run("update messaging.business_settings set urgent_breaks_through = false");
    assertThat(at("defer_until", friday, ", 'urgent'")).isEqualTo("2024-04-01T06:00:00Z");
  }

  @Example
  void quiet_hours_of_their_own_end_where_the_clock_shows_their_end() {
    keep("Europe/Berlin", List.of(), List.of(), LocalDate.MIN);
    quiet("spans", "[{\"weekday\":6,\"opens\":\"22:00\",\"closes\":\"07:00\"}]");

    assertThat(at("defer_until", Instant.parse("2024-03-30T20:59:00Z"), ", 'medium'")).isNull();
    assertThat(at("defer_until", Instant.parse("2024-03-30T21:00:00Z"), ", 'medium'"))
        .isEqualTo("2024-03-31T05:00:00Z");
  }

  @Example
  void quiet_hours_all_week_defer_nothing() {
    keep("UTC", List.of(), List.of(), LocalDate.MIN);
    var always =
        java.util.stream.IntStream.rangeClosed(1, 7)
            .mapToObj("{\"weekday\":%d,\"opens\":\"00:00\",\"closes\":\"24:00\"}"::formatted)
            .collect(Collectors.joining(",", "[", "]"));
    quiet("spans", always);

    assertThat(at("defer_until", Instant.parse("2024-03-30T20:00:00Z"), ", 'medium'")).isNull();
  }

  @Example
  void the_settings_say_whether_a_business_keeps_hours() {
    keep("UTC", List.of(), List.of(), LocalDate.MIN);
    assertThat(keepsHours()).isFalse();
    keep("UTC", List.of(), List.of(new OfDay(0, List.of())), LocalDate.parse("2024-12-25"));
    assertThat(keepsHours()).isTrue();
    run("delete from messaging.business_holidays");
    assertThat(keepsHours()).isFalse();
  }

  private static boolean keepsHours() {
    return database
        .sql("select keeps_hours from messaging.business_settings where business_id = ?")
        .param(BUSINESS)
        .query(Boolean.class)
        .single();
  }

  private static void keep(String zone, List<OfDay> week, List<OfDay> holidays, LocalDate today) {
    database
        .sql(
            "insert into messaging.business_settings (business_id, time_zone) values (?, ?) on conflict (business_id) do nothing")
        .params(BUSINESS, zone)
        .update();
    for (var day : week) {
      for (var span : day.spans()) {
        database
            .sql(
                "insert into messaging.business_hours (business_id, weekday, opens, closes) values (?, ?, cast(? as time), cast(? as time))")
            .params(BUSINESS, day.day(), time(span.opens()), time(span.closes()))
            .update();
      }
    }
    for (var day : holidays) {
      database
          .sql(
              "insert into messaging.business_holidays (business_id, day, name, spans) values (?, cast(? as date), 'Holiday', cast(? as jsonb))")
          .params(
              BUSINESS,
              today.plusDays(day.day()).toString(),
              day.spans().stream().map(Span::json).collect(Collectors.joining(",", "[", "]")))
          .update();
    }
  }

  private static void quiet(String mode, String spans) {
    database
        .sql(
            "update messaging.business_settings set quiet_hours = ?, quiet_spans = cast(? as jsonb)")
        .params(mode, spans)
        .update();
  }

  private static String time(int minute) {
    return "%02d:%02d".formatted(minute / 60, minute % 60);
  }

  private static boolean isOpen(Instant moment) {
    return database
        .sql("select messaging.is_open(?, cast(? as timestamptz))")
        .params(BUSINESS, moment.toString())
        .query(Boolean.class)
        .single();
  }

  private static Instant at(String function, Instant moment, String more) {
    return database
        .sql(
            "select to_char(messaging.%s(?, cast(? as timestamptz)%s) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
                .formatted(function, more))
        .params(BUSINESS, moment.toString())
        .query((row, number) -> row.getString(1) == null ? null : Instant.parse(row.getString(1)))
        .list()
        .get(0);
  }

  private static void run(String statement) {
    database.sql(statement).update();
  }
}
