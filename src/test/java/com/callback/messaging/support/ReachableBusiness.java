package com.callback.messaging.support;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A business with all three channels on, in the database of a service in another process. */
public final class ReachableBusiness {

  private ReachableBusiness() {}

  /**
   * Inserts one.
   *
   * @return its funnel
   */
  public static String insert(JdbcClient database, String webhookUrl) {
    var business = UUID.randomUUID();
    var funnel = UUID.randomUUID();
    database
        .sql("insert into public.businesses (id, name) values (?, 'Corner Bakery')")
        .param(business)
        .update();
    database
        .sql("insert into public.funnels (id, business_id, name) values (?, ?, 'Order a cake')")
        .params(funnel, business)
        .update();
    database
        .sql(
            """
            insert into public.message_channels (business_id, channel_type, config)
            values (:id, 'email', '{"to": "baker@example.com"}'),
              (:id, 'sms', '{"to": "+61491570156"}'),
              (:id, 'webhook', jsonb_build_object('url', :url))
            """)
        .param("id", business)
        .param("url", webhookUrl)
        .update();
    return funnel.toString();
  }
}
