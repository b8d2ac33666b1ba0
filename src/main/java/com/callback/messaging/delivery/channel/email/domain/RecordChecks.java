package com.callback.messaging.delivery.channel.email.domain;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Checks the MX, DKIM and DMARC records of a domain. Each throws when DNS does not answer. */
final class RecordChecks {

  private static final String MX = "mx";
  private static final String DKIM = "dkim";
  private static final String DMARC = "dmarc";

  /** RFC 8301: receivers ignore signatures of shorter keys. */
  private static final int LEAST_BITS = 1_024;

  private static final Set<String> POLICIES = Set.of("none", "quarantine", "reject");

  private final DnsRecords dns;

  RecordChecks(DnsRecords dns) {
    this.dns = dns;
  }

  DomainCheck mx(String domain) {
    var records = dns.find(domain, "MX");
    if (records.isEmpty()) {
      return DomainCheck.missing(
          MX,
          domain,
          "Add the MX record of the server that takes mail for %s: without it replies and bounces are lost."
              .formatted(domain));
    }
    // RFC 7505
    return records.stream().allMatch(record -> record.matches("\\d+ +\\.?"))
        ? DomainCheck.wrong(
            MX,
            domain,
            records,
            "The MX record says that %s takes no mail, so replies and bounces are lost: name a mail server, or use a sender of another domain."
                .formatted(domain))
        : DomainCheck.found(MX, domain, records);
  }

  DomainCheck dkim(String domain, String selector) {
    var name = selector + "._domainkey." + domain;
    var records =
        dns.find(name, "TXT").stream().filter(record -> tags(record).containsKey("p")).toList();
    if (records.isEmpty()) {
      return DomainCheck.missing(
          DKIM,
          name,
          "Add the record that your mail provider gives for the selector %s; for SendGrid a CNAME, shown under Sender Authentication. If your provider has other selectors, set CHANNELS_EMAIL_DKIM_SELECTORS."
              .formatted(selector));
    }
    var problem = records.size() > 1 ? "There are several DKIM keys: keep one." : wrongKey(records);
    return problem == null
        ? DomainCheck.found(DKIM, name, records)
        : DomainCheck.wrong(DKIM, name, records, problem);
  }

  private static String wrongKey(List<String> records) {
    var tags = tags(records.get(0));
    if (!tags.getOrDefault("v", "DKIM1").equals("DKIM1")) {
      return "The version must be v=DKIM1: copy the record from your mail provider again.";
    }
    var key = tags.get("p");
    if (key.isEmpty()) {
      return "The key was withdrawn (p= is empty): add the current record of your mail provider.";
    }
    if (!tags.getOrDefault("k", "rsa").equals("rsa")) {
      return null;
    }
    try {
      var encoded = Base64.getDecoder().decode(key);
      var rsa =
          (RSAPublicKey)
              KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded));
      return rsa.getModulus().bitLength() < LEAST_BITS
          ? "The key has fewer than 1,024 bits, so receivers ignore it: let your mail provider make one of 2,048."
          : null;
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      return "The key cannot be read, as if a part of it was lost: copy the record from your mail provider again.";
    }
  }

  /** The record of the domain, or of the nearest domain above it that has one. */
  DomainCheck dmarc(String domain) {
    for (var each = domain; each.contains("."); each = each.substring(each.indexOf('.') + 1)) {
      var name = "_dmarc." + each;
      var records =
          dns.find(name, "TXT").stream()
              .filter(record -> record.strip().matches("v=DMARC1\\s*(;.*)?"))
              .toList();
      if (!records.isEmpty()) {
        return dmarc(name, records);
      }
    }
    return DomainCheck.missing(
        DMARC,
        "_dmarc." + domain,
        "Add a TXT record at _dmarc.%s, at first: v=DMARC1; p=none".formatted(domain));
  }

  private static DomainCheck dmarc(String name, List<String> records) {
    if (records.size() > 1) {
      return DomainCheck.wrong(
          DMARC,
          name,
          records,
          "There are several DMARC records, so receivers ignore all of them: keep one.");
    }
    var policy = tags(records.get(0)).getOrDefault("p", "").toLowerCase(Locale.ROOT);
    return POLICIES.contains(policy)
        ? DomainCheck.found(DMARC, name, records)
        : DomainCheck.wrong(
            DMARC,
            name,
            records,
            "The record has no policy: add p=none, p=quarantine or p=reject after v=DMARC1.");
  }

  /** The tags of a record such as {@code v=DMARC1; p=none}, without blanks. */
  private static Map<String, String> tags(String record) {
    var tags = new LinkedHashMap<String, String>();
    for (var tag : record.split(";")) {
      var parts = tag.split("=", 2);
      if (parts.length == 2) {
        tags.putIfAbsent(parts[0].strip(), parts[1].replaceAll("\\s", ""));
      }
    }
    return tags;
  }
}
