package com.callback.messaging.delivery.channel.email.domain;

import java.util.List;

/** Looks up records in DNS. */
interface DnsRecords {

  /**
   * The records of a name; none if the name does not exist.
   *
   * @param name a host name, labels with underscores included
   * @param type such as {@code TXT}, whose strings are put together, or {@code MX}
   * @throws DnsUnavailableException when no server has answered in time, or it could not tell
   */
  List<String> find(String name, String type);
}
