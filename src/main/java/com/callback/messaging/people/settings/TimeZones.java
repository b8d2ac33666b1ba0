package com.callback.messaging.people.settings;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The names under which a time zone may be known. Browsers, the JVM and the database each have a
 * list of their own: Asia/Calcutta is Asia/Kolkata elsewhere, and zones come newly into being.
 */
@Component
public class TimeZones {

  /** Zones that are newer than many a list, and the one that each was a part of. */
  private static final Map<String, String> PARENTS =
      Map.of(
          "America/Coyhaique", "America/Punta_Arenas", "America/Ciudad_Juarez", "America/Ojinaga");

  TimeZones() {}

  /** The name itself first, if the JVM knows it, and then others of the same time; or none. */
  public List<String> namesOf(String name) {
    var known = ZoneId.getAvailableZoneIds();
    return Stream.of(Stream.of(name), sameAs(name, known), Stream.ofNullable(PARENTS.get(name)))
        .flatMap(names -> names)
        .filter(known::contains)
        .distinct()
        .toList();
  }

  private static Stream<String> sameAs(String name, Set<String> known) {
    if (!known.contains(name)) {
      return Stream.empty();
    }
    var rules = ZoneId.of(name).getRules();
    return known.stream()
        .filter(other -> other.contains("/") && !other.startsWith("SystemV/"))
        .filter(other -> ZoneId.of(other).getRules().equals(rules))
        .sorted();
  }
}
