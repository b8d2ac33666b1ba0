package com.callback.messaging.delivery.channel.email.domain;

import com.callback.messaging.platform.startup.StartFailure;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.regex.Pattern;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.InitialDirContext;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The DNS client of the JDK. A look-up waits three seconds at most: one, and again two. */
@Component
class JndiDns implements DnsRecords {

  /** No colon and no slash: JNDI would take the name for an address of another service. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*\\.?");

  private static final Pattern SERVER =
      Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

  private static final String FIRST_WAIT_MS = "1000";
  private static final String TRIES = "2";

  private final Hashtable<String, String> environment = new Hashtable<>();

  /**
   * @param server host, or host and port; blank for the resolvers of the machine
   */
  JndiDns(@Value("${channels.email.dns-server}") String server) {
    var named = server.strip();
    if (!named.isEmpty() && !SERVER.matcher(named).matches()) {
      throw new StartFailure(
          "channels.email.dns-server is not a DNS server: set CHANNELS_EMAIL_DNS_SERVER to one such as 10.0.0.2 or 10.0.0.2:53.");
    }
    environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    environment.put(Context.PROVIDER_URL, named.isEmpty() ? "dns:" : "dns://" + named);
    environment.put("com.sun.jndi.dns.timeout.initial", FIRST_WAIT_MS);
    environment.put("com.sun.jndi.dns.timeout.retries", TRIES);
  }

  @Override
  public List<String> find(String name, String type) {
    if (!NAME.matcher(name).matches()) {
      return List.of();
    }
    try {
      var context = new InitialDirContext(environment);
      try {
        var found = context.getAttributes(name, new String[] {type}).get(type);
        var records = new ArrayList<String>();
        for (int i = 0; found != null && i < found.size(); i++) {
          records.add(joined(String.valueOf(found.get(i))));
        }
        return records;
      } finally {
        context.close();
      }
    } catch (NameNotFoundException e) {
      return List.of();
    } catch (NamingException e) {
      throw new DnsUnavailableException(name, e);
    }
  }

  /** The strings of a record as one: JNDI quotes those with blanks, and puts blanks in between. */
  private static String joined(String record) {
    if (!record.contains("\"")) {
      return record;
    }
    var joined = new StringBuilder();
    var isQuoted = false;
    for (int i = 0; i < record.length(); i++) {
      var c = record.charAt(i);
      if (c == '\\' && i + 1 < record.length()) {
        joined.append(record.charAt(++i));
      } else if (c == '"') {
        isQuoted = !isQuoted;
      } else if (isQuoted || c != ' ') {
        joined.append(c);
      }
    }
    return joined.toString();
  }
}
