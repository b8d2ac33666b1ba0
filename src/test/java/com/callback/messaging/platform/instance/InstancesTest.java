package com.callback.messaging.platform.instance;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import java.util.UUID;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ServiceTest
@ExtendWith(OutputCaptureExtension.class)
class InstancesTest {

  @Autowired Service service;
  @Autowired ProducerTemplate routes;
  @Autowired Instances instances;

  private final UUID other = UUID.randomUUID();

  @AfterEach
  void end() {
    service.database().sql("delete from messaging.instances where id = ?").param(other).update();
    routes.sendBody("direct:report-instance", null);
  }

  @Test
  void instances_that_are_set_up_differently_say_so_once_and_in_health(CapturedOutput output)
      throws Exception {
    report("messaging.outbound.https-only", "true");
    routes.sendBody("direct:report-instance", null);
    routes.sendBody("direct:report-instance", null);

    assertThat(instances.differences())
        .anySatisfy(d -> assertThat(d).contains("messaging.outbound.https-only"))
        .anySatisfy(d -> assertThat(d).contains("messaging.secrets.key"));
    var books = service.json(service.get("/actuator/health/books").body());
    assertThat(books.at("/components/instances/status").asText()).isEqualTo("SETTINGS_DIFFER");
    assertThat(books.at("/components/instances/details/live").asInt()).isEqualTo(2);
    assertThat(output.getAll().split("messaging.outbound.https-only is", -1)).hasSize(2);
  }

  @Test
  void an_instance_that_was_silent_for_a_minute_is_forgotten() throws Exception {
    report("messaging.outbound.https-only", "true");
    service
        .database()
        .sql(
            "update messaging.instances set seen_at = seen_at - interval '61 seconds' where id = ?")
        .param(other)
        .update();
    routes.sendBody("direct:report-instance", null);

    assertThat(instances.differences()).isEmpty();
    assertThat(
            service.database().sql("select id from messaging.instances").query(UUID.class).list())
        .doesNotContain(other)
        .hasSize(1);
  }

  private void report(String setting, String value) {
    service
        .database()
        .sql(
            "insert into messaging.instances (id, keys, settings) values (?, '[\"00000000\"]', jsonb_build_object(?, cast(? as text)))")
        .params(other, setting, value)
        .update();
  }
}
