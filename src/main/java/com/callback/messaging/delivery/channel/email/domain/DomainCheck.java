package com.callback.messaging.delivery.channel.email.domain;

import java.util.List;

/**
 * What was looked up at one name.
 *
 * @param check {@code mx}, {@code spf}, {@code dkim}, {@code dmarc} or {@code reply-mx}
 * @param name where the record stands, or should
 * @param state {@code found}, {@code missing}, {@code wrong}, or {@code unknown} where DNS did not
 *     answer
 * @param records that are there
 * @param advice what to do, as a sentence or two; null where nothing is
 */
record DomainCheck(String check, String name, String state, List<String> records, String advice) {

  static DomainCheck found(String check, String name, List<String> records) {
    return new DomainCheck(check, name, "found", records, null);
  }

  static DomainCheck missing(String check, String name, String advice) {
    return new DomainCheck(check, name, "missing", List.of(), advice);
  }

  static DomainCheck wrong(String check, String name, List<String> records, String advice) {
    return new DomainCheck(check, name, "wrong", records, advice);
  }

  static DomainCheck unknown(String check, String name) {
    return new DomainCheck(
        check,
        name,
        "unknown",
        List.of(),
        "DNS did not answer in time. Check again in ten minutes; if it stays so, look at the name servers of this domain.");
  }
}
