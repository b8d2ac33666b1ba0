package com.callback.messaging.delivery.channel.email.domain;

import com.callback.messaging.delivery.channel.email.MailIdentity;
import com.callback.messaging.platform.startup.StartFailure;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.stereotype.Component;

/**
 * Checks the domain that mails come from, whether receivers can tell that they may, and the one
 * that is replied to. All look-ups run at the same time and end together. The result is kept for
 * ten minutes, so that nobody waits for DNS more often than that.
 */
@Component
public class EmailDomains {

  /** How long the whole check takes at most. */
  static final Duration TIME_LIMIT = Duration.ofSeconds(4);

  static final Duration KEPT_FOR = Duration.ofMinutes(10);
  private static final int MOST_SELECTORS = 10;

  private final String domain;
  private final List<String> selectors;
  private final SpfCheck spf;
  private final RecordChecks records;
  private final ReplyDomain replies;
  private final ObjectMapper json;
  private final Clock clock;
  private final AsyncTaskExecutor threads;
  private Result last;

  /**
   * @param selectors the names of the DKIM keys of the mail provider, ten at most
   */
  EmailDomains(
      MailIdentity identity,
      @Value("${channels.email.dkim-selectors}") List<String> selectors,
      DnsRecords dns,
      ReplyDomain replies,
      ObjectMapper json,
      Clock clock) {
    if (selectors.size() > MOST_SELECTORS
        || !selectors.stream().allMatch(each -> each.matches("[A-Za-z0-9_.-]+"))) {
      throw new StartFailure(
          "channels.email.dkim-selectors is not a list of selectors: set CHANNELS_EMAIL_DKIM_SELECTORS to at most ten names such as s1,s2.");
    }
    var sender = identity.sender();
    this.domain = sender.substring(sender.lastIndexOf('@') + 1);
    this.selectors = List.copyOf(selectors);
    this.spf = new SpfCheck(dns);
    this.records = new RecordChecks(dns);
    this.replies = replies;
    this.json = json;
    this.clock = clock;
    var ownThreads = new SimpleAsyncTaskExecutor("email-domain-");
    ownThreads.setDaemon(true);
    this.threads = ownThreads;
  }

  /**
   * @param advice what to do where there is nothing to look up; null otherwise
   */
  private record Result(
      String domain, Instant checkedAt, String advice, List<DomainCheck> checks) {}

  /** The result as JSON for the API; at most ten minutes old. */
  public synchronized String check() throws JsonProcessingException {
    var now = clock.instant();
    if (last == null || !last.checkedAt().plus(KEPT_FOR).isAfter(now)) {
      last = lookedUp(now.truncatedTo(ChronoUnit.MILLIS));
    }
    return json.writeValueAsString(last);
  }

  private Result lookedUp(Instant now) {
    if (!domain.contains(".") || domain.startsWith("[")) {
      return new Result(
          domain,
          now,
          "Mails do not come from a domain of yours: set CHANNELS_EMAIL_FROM to an address of one.",
          List.of());
    }
    var running = new ArrayList<CompletableFuture<DomainCheck>>();
    running.add(started("mx", domain, () -> records.mx(domain)));
    running.add(started("spf", domain, () -> spf.of(domain)));
    for (var selector : selectors) {
      var name = selector + "._domainkey." + domain;
      running.add(started("dkim", name, () -> records.dkim(domain, selector)));
    }
    running.add(started("dmarc", "_dmarc." + domain, () -> records.dmarc(domain)));
    if (replies.isOn()) {
      running.add(started(ReplyDomain.CHECK, replies.name(), replies::check));
    }
    return new Result(domain, now, null, running.stream().map(CompletableFuture::join).toList());
  }

  private CompletableFuture<DomainCheck> started(
      String check, String name, Supplier<DomainCheck> lookUp) {
    var unknown = DomainCheck.unknown(check, name);
    return CompletableFuture.supplyAsync(
            () -> {
              try {
                return lookUp.get();
              } catch (DnsUnavailableException e) {
                return unknown;
              }
            },
            threads)
        .completeOnTimeout(unknown, TIME_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }
}
