package com.callback.messaging.support;

import java.util.UUID;
import org.apache.camel.ProducerTemplate;

/** Another instance on the same database, which says with its heartbeat how providers do. */
public final class OtherInstance implements AutoCloseable {

  private final UUID id = UUID.randomUUID();
  private final Service service;
  private final ProducerTemplate routes;

  public OtherInstance(Service service, ProducerTemplate routes) {
    this.service = service;
    this.routes = routes;
  }

  /**
   * It gets nothing through to a provider. Its failures are later than whatever the service has
   * sent, so that they decide.
   */
  public void reportsDown(String channel, String provider) {
    routes.sendBody("direct:report-instance", null);
    service
        .database()
        .sql(
            """
            insert into messaging.instances (id, keys, settings, providers)
            select ?, keys, settings, jsonb_build_array(jsonb_build_object('channel', cast(? as text), 'provider', cast(? as text),
              'requests', 9, 'failed', 9, 'failures', 9, 'failingSince', now(), 'failedAt', now() + interval '100 years'))
            from messaging.instances limit 1
            """)
        .params(id, channel, provider)
        .update();
    routes.sendBody("direct:report-instance", null);
  }

  @Override
  public void close() {
    service.database().sql("delete from messaging.instances where id = ?").param(id).update();
    routes.sendBody("direct:report-instance", null);
  }
}
