package com.callback.messaging.week;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static java.time.DayOfWeek.THURSDAY;
import static java.time.DayOfWeek.TUESDAY;
import static java.time.DayOfWeek.WEDNESDAY;
import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.PersonCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * {@code docs/week-of-a-business.md} is what the service does in a week in which the clocks change.
 * {@code make week} writes it, by this test.
 */
@ServiceTest
class WeekOfABusinessTest {

  private static final Path FILE = Path.of("docs/week-of-a-business.md");
  private static final String INTRODUCTION =
      """
      # A week of a business

      Harbour Bikes in Sydney has an owner, Sam, and two agents, Kim and Robin. The page shows what the service does for them from a Thursday
      to a Wednesday. In the night to Sunday the clocks go back: 03:00 becomes 02:00, and the day has 25 hours. Written by `make week`; a test
      lives through the week and compares each line.

      | setting | value |
      |---|---|
      | opening hours | Monday to Saturday 09:00 to 17:00, Sunday 17:00 to 20:00 |
      | quiet hours | while the business is closed; urgent leads are notified at once |
      | rota | Kim on weekdays 08:00 to 18:00, Robin on Saturday 08:00 to 18:00, Kim from then until Sunday 24:00; else an owner |
      | passed on | a lead that nobody acts on for 45 minutes of the opening hours |
      | escalation, urgent leads | always: e-mail to the assignee at once, SMS to them after 5 minutes, e-mail to everyone after 15; overdue 15 minutes later |
      | escalation, other leads | in opening hours: e-mail to the assignee after 40 minutes, e-mail and SMS to the owners after 70 |
      | call by | 60 minutes of the opening hours, 15 if urgent, 30 if high |
      | digests | every day and on Mondays, at 08:00 |

      Sam and Kim have given a number for SMS. The guides: [business hours](business-hours.md), [who gets a lead](assign-leads.md),
      [escalation](escalation.md), [acts by link and SMS](act-from-anywhere.md), [notifications and digests](configure-notifications.md).
      """;

  @Autowired Service service;
  @Autowired MovableClock clock;
  @Autowired ProducerTemplate routes;
  @Autowired PersonCaller.Crowd people;

  private final StringBuilder page = new StringBuilder(INTRODUCTION);
  private Week week;
  private Records records;
  private DayOfWeek day;

  @AfterEach
  void the_clock_goes_on() {
    clock.go();
  }

  @Test
  void a_week_across_a_change_of_the_clocks_is_as_its_page_says() throws IOException {
    week = new Week(service, clock, routes, people);
    week.setUp();
    records = new Records(service, week);
    thursday();
    friday();
    saturday();
    sunday();
    monday();
    tuesdayAndWednesday();

    Files.writeString(Path.of("target/week-of-a-business.md"), page);
    if (Boolean.getBoolean("week.write")) {
      Files.writeString(FILE, page);
    }
    assertThat(FILE)
        .as("docs/week-of-a-business.md: renew it by \"make week\" if the week is to be so")
        .hasContent(page.toString());
  }

  private void thursday() {
    at(THURSDAY, "08:00", "There is nothing to report of the day before, so no digest is sent.");
    at(THURSDAY, "09:10", "A lead of the opening hours goes to the person on duty.");
    week.lead("Ada", Map.of());
    seen();
    at(THURSDAY, "09:20", "Kim presses the button behind the link in the mail.");
    week.takesByLink(week.kim);
    seen();
    at(THURSDAY, "09:40", "The call ends it, before the time to call by.");
    week.calls(week.kim, "Ada", "reached");
    seen();
    at(THURSDAY, "15:00", "A visitor asks for a time. It is beyond the weekend.");
    week.lead("Ben", Map.of("preferredTime", day(TUESDAY) + " 14:00-16:00"));
    seen();
    at(THURSDAY, "15:05", "Kim takes it in the dashboard.");
    week.act(week.kim, "POST", "Ben", "acknowledge", null);
    seen();
  }

  private void friday() {
    at(FRIDAY, "08:00", "The daily digest is sent at eight by the clock of the business.");
    at(FRIDAY, "11:00", "A lead of high priority is to be called in half the time.");
    week.lead("Cleo", Map.of("priority", "high"));
    seen();
    at(FRIDAY, "11:10", "Nobody answers, so the lead is put off for two hours.");
    week.calls(week.kim, "Cleo", "no_answer");
    seen();
    at(FRIDAY, "13:10", "It comes back, as a reminder.");
    at(FRIDAY, "13:15", "A booking ends it.");
    week.calls(week.kim, "Cleo", "booked");
    seen();
    at(FRIDAY, "14:00", "Nobody acts on the next lead.");
    week.lead("Dan", Map.of());
    seen();
    at(FRIDAY, "14:40", "After 40 minutes its assignee is notified again.");
    at(FRIDAY, "14:45", "After 45 minutes the lead is passed on.");
    at(FRIDAY, "14:50", "Robin takes it, which ends the escalation.");
    week.act(week.robin, "POST", "Dan", "acknowledge", null);
    seen();
  }

  private void saturday() {
    at(SATURDAY, "08:00", "The digest of a day of 24 hours.");
    at(
        SATURDAY,
        "16:00",
        "Robin puts a lead off until Sunday 18:00: by then the clocks have changed.");
    week.act(
        week.robin,
        "PUT",
        "Dan",
        "reminder",
        Map.of("at", week.on(SUNDAY, "18:00").toInstant().toString()));
    seen();
    at(
        SATURDAY,
        "16:30",
        "Half of the time to call by is left today, the other half is on Sunday.");
    week.lead("Eve", Map.of());
    seen();
    at(SATURDAY, "20:00", "While the business is closed, notifications wait: 25 hours this time.");
    week.lead("Fay", Map.of());
    seen();
    at(SATURDAY, "21:00", "A second lead waits too.");
    week.lead("Gil", Map.of());
    seen();
    at(SATURDAY, "21:30", "Sam finds that lead in the dashboard and takes it.");
    week.act(week.sam, "POST", "Gil", "acknowledge", null);
    seen();
  }

  private void sunday() {
    at(
        week.on(SUNDAY, "02:58").withEarlierOffsetAtOverlap(),
        "An urgent lead breaks through, two minutes before the clocks go back. It is to be called in 15 minutes of the opening hours.");
    week.lead("Ivy", Map.of("priority", "urgent"));
    seen();
    at(
        week.on(SUNDAY, "02:03").withLaterOffsetAtOverlap(),
        "Five minutes later the clock shows 02:03, and the second step is an SMS.");
    at(week.on(SUNDAY, "02:04").withLaterOffsetAtOverlap(), "Kim answers the SMS with 1.");
    week.answersBySms(week.kim, "1");
    seen();
    silent(
        week.on(SUNDAY, "02:13").withLaterOffsetAtOverlap(),
        "After 15 minutes nothing is sent: somebody has acted.");
    at(week.on(SUNDAY, "02:30").withLaterOffsetAtOverlap(), "Kim reaches the visitor.");
    week.calls(week.kim, "Ivy", "reached");
    seen();
    at(SUNDAY, "08:00", "The digest is sent at eight again, and covers 25 hours.");
    at(SUNDAY, "09:00", "A last lead before the business opens.");
    week.lead("Hal", Map.of());
    seen();
    at(
        SUNDAY,
        "17:00",
        "The quiet hours end: one summary by each channel, without the lead that Sam has taken.");
    at(
        SUNDAY,
        "17:10",
        "The 40 minutes of the lead from Saturday 16:30 are over, 10 of them today.");
    at(SUNDAY, "17:15", "Its 45 minutes are over too, and it is passed on.");
    at(SUNDAY, "17:20", "Kim takes all that is left.");
    for (var lead : new String[] {"Eve", "Fay", "Hal"}) {
      week.act(week.kim, "POST", lead, "acknowledge", null);
    }
    seen();
    at(SUNDAY, "18:00", "The reminder comes at the hour that Robin chose.");
    at(SUNDAY, "18:05", "Robin reaches the visitor.");
    week.calls(week.robin, "Dan", "reached");
    seen();
    at(SUNDAY, "20:30", "Kim says in the settings that they are away.");
    week.isAway(week.kim, week.on(WEDNESDAY, "23:59"));
    seen();
  }

  private void monday() {
    at(MONDAY, "08:00", "The daily and the weekly digest.");
    at(
        MONDAY,
        "10:00",
        "An urgent lead goes to Sam, because Kim is away and nobody else is on duty.");
    week.lead("Joy", Map.of("priority", "urgent"));
    seen();
    at(MONDAY, "10:05", "Nobody acts, so the second step follows.");
    at(MONDAY, "10:15", "The third step notifies everyone who is not away.");
    at(MONDAY, "10:30", "Fifteen minutes after the last step the lead is overdue.");
    at(MONDAY, "10:35", "Robin takes it.");
    week.act(week.robin, "POST", "Joy", "acknowledge", null);
    seen();
    at(MONDAY, "10:50", "An outcome that ends a lead archives it.");
    week.calls(week.robin, "Joy", "not_interested");
    seen();
  }

  private void tuesdayAndWednesday() {
    at(TUESDAY, "08:00", "The digest of a day with one lead.");
    at(TUESDAY, "14:10", "Robin calls at the time that the visitor asked for.");
    week.calls(week.robin, "Ben", "reached");
    seen();
    at(WEDNESDAY, "08:00", "A call and no new lead: there is no digest.");
  }

  private String day(DayOfWeek weekday) {
    return week.on(weekday, "00:00").toLocalDate().toString();
  }

  private void at(DayOfWeek weekday, String time, String caption) {
    at(week.on(weekday, time), caption);
  }

  /** Goes on to a moment, and writes down what has happened by itself. */
  private void at(ZonedDateTime moment, String caption) {
    if (moment.getDayOfWeek() != day) {
      day = moment.getDayOfWeek();
      page.append("\n## ").append(day.getDisplayName(TextStyle.FULL, Locale.ENGLISH)).append('\n');
    }
    week.passesUntil(moment);
    page.append('\n').append(caption).append("\n\n");
    seen();
  }

  private void seen() {
    records.lines().forEach(this::line);
  }

  /** Goes on to a moment at which nothing must happen. */
  private void silent(ZonedDateTime moment, String caption) {
    var before = page.length();
    at(moment, caption);
    assertThat(page.substring(before)).doesNotContain("- `");
    line("nothing");
  }

  private void line(String text) {
    page.append("- `%s` %s%n".formatted(Records.time(week.now()).substring(4), text));
  }
}
