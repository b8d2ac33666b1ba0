package com.callback.messaging.delivery.channel.email;

import com.callback.messaging.delivery.engine.Pace;
import com.callback.messaging.platform.startup.StartFailure;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Spreads the mails to one domain, because large mail providers refuse a sender whose mails come
 * all at once. A mail waits in its concurrency slot, so never for longer than the slots of the
 * channel take at this rate.
 */
@Component
public class DomainPace {

  private static final Duration REMEMBERED_FOR = Duration.ofMinutes(1);
  private static final int MOST_DOMAINS = 10_000;

  private final int perSecond;
  private final LoadingCache<String, Pace> paces;

  /**
   * @param perSecond most mails of this instance to one domain in a second; 0 for any number
   */
  DomainPace(@Value("${channels.email.per-domain}") int perSecond) {
    if (perSecond < 0) {
      throw new StartFailure(
          "channels.email.per-domain is %d: set CHANNELS_EMAIL_PER_DOMAIN to 0, which is no limit, or more."
              .formatted(perSecond));
    }
    this.perSecond = perSecond;
    this.paces =
        Caffeine.newBuilder()
            .expireAfterAccess(REMEMBERED_FOR)
            .maximumSize(MOST_DOMAINS)
            .build(domain -> Pace.perSecond(perSecond));
  }

  /** How long this mail waits for its turn, in milliseconds. */
  public long millis(Mail mail) {
    if (perSecond == 0) {
      return 0;
    }
    var address = mail.to().getAddress();
    return paces
        .get(address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT))
        .millisToWait();
  }
}
