package com.callback.messaging.intake.screening;

import com.callback.messaging.platform.startup.StartFailure;
import io.lettuce.core.RedisURI;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Whether instances count for themselves or, where there is a Redis, together. */
@Configuration(proxyBeanMethods = false)
class BucketSetup {

  @Bean
  Buckets buckets(
      AbuseSettings settings, Clock clock, @Value("${spring.data.redis.url}") String redis) {
    var local = new LocalBuckets(clock, settings.remembered());
    return redis.isBlank() ? local : new SharedBuckets(address(redis), local, clock);
  }

  private static RedisURI address(String url) {
    try {
      return RedisURI.create(url.strip());
    } catch (IllegalArgumentException e) {
      // The cause would show the password.
      throw new StartFailure(
          "SPRING_DATA_REDIS_URL is not the address of a Redis: write it as redis://user:password@host:6379, or rediss:// for TLS.");
    }
  }
}
