package com.callback.messaging.delivery.channel.email.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Checks the SPF record of a domain, with all records that it includes (RFC 7208). */
final class SpfCheck {

  private static final String CHECK = "spf";

  /** Section 4.6.4: a receiver gives up beyond that. */
  private static final int MOST_LOOKUPS = 10;

  private static final Set<String> WITH_LOOKUP =
      Set.of("include", "a", "mx", "ptr", "exists", "redirect");
  private static final Set<String> WITHOUT_LOOKUP = Set.of("all", "ip4", "ip6");

  private final DnsRecords dns;

  SpfCheck(DnsRecords dns) {
    this.dns = dns;
  }

  /** The evaluation of a record and of those that it includes. */
  private final class Evaluation {

    private int lookups;

    /** What is wrong, as a sentence; null for nothing. */
    String through(String domain, String record) {
      for (var term : terms(record)) {
        var name = name(term);
        if (!WITH_LOOKUP.contains(name)) {
          if (!WITHOUT_LOOKUP.contains(name) && !term.contains("=")) {
            return "The SPF record of %s has the term \"%s\", which does not exist: correct it."
                .formatted(domain, term);
          }
          continue;
        }
        if (name.equals("redirect") && hasAll(terms(record))) {
          continue;
        }
        if (++lookups > MOST_LOOKUPS) {
          return "The SPF record needs more than ten look-ups, so receivers ignore it: remove the include of services that you do not use any more.";
        }
        var isFollowed = Set.of("include", "redirect").contains(name);
        var problem = isFollowed ? into(domain, term) : null;
        if (problem != null) {
          return problem;
        }
      }
      return null;
    }

    private String into(String domain, String term) {
      var target = term.substring(term.indexOf(term.contains("=") ? '=' : ':') + 1);
      // What a macro stands for depends on each mail.
      if (target.contains("%")) {
        return null;
      }
      var records = records(target);
      if (records.size() != 1) {
        return "The SPF record of %s refers to %s, which has %s: correct or remove \"%s\"."
            .formatted(
                domain, target, records.isEmpty() ? "no SPF record" : "several SPF records", term);
      }
      return through(target, records.get(0));
    }
  }

  /**
   * @throws DnsUnavailableException when DNS does not answer
   */
  DomainCheck of(String domain) {
    var records = records(domain);
    if (records.isEmpty()) {
      return DomainCheck.missing(
          CHECK,
          domain,
          "Add a TXT record at %s that names your mail provider; for SendGrid: v=spf1 include:sendgrid.net ~all"
              .formatted(domain));
    }
    if (records.size() > 1) {
      return DomainCheck.wrong(
          CHECK,
          domain,
          records,
          "There are %d SPF records, so receivers ignore all of them: merge them into one."
              .formatted(records.size()));
    }
    var record = records.get(0);
    var problem = new Evaluation().through(domain, record);
    if (problem == null && terms(record).stream().anyMatch(Set.of("all", "+all")::contains)) {
      problem =
          "The SPF record lets every server send for this domain: end it in ~all instead of +all.";
    }
    return problem == null
        ? DomainCheck.found(CHECK, domain, records)
        : DomainCheck.wrong(CHECK, domain, records, problem);
  }

  private List<String> records(String domain) {
    return dns.find(domain, "TXT").stream()
        .filter(text -> text.toLowerCase(Locale.ROOT).matches("v=spf1( .*)?"))
        .toList();
  }

  /** The terms behind the version, in lower case. */
  private static List<String> terms(String record) {
    return Arrays.stream(record.toLowerCase(Locale.ROOT).strip().split(" +")).skip(1).toList();
  }

  /** The name of a mechanism or modifier, without what qualifies it. */
  private static String name(String term) {
    return term.replaceFirst("^[+~?-]", "").split("[:=/]", 2)[0];
  }

  private static boolean hasAll(List<String> terms) {
    return terms.stream().anyMatch(term -> name(term).equals("all"));
  }
}
