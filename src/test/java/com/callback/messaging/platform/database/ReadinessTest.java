package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An instance that cannot store a lead says so to its balancer, and why to its operator. */
@ServiceTest
class ReadinessTest {

  @Autowired Service service;

  @Test
  void a_database_that_can_only_be_read_makes_the_instance_unready_until_it_can_be_written_again() {
    var business = service.businessWithoutChannels();
    assertThat(service.get("/actuator/health/readiness").statusCode()).isEqualTo(200);

    service
        .database()
        .sql(
            "create or replace function messaging.read_only_for_a_test() returns trigger language plpgsql as 'begin raise exception using errcode = ''25006''; end'")
        .update();
    service
        .database()
        .sql(
            "create trigger read_only_for_a_test before insert on public.messages for each statement execute function messaging.read_only_for_a_test()")
        .update();
    service
        .database()
        .sql(
            "create trigger read_only_for_a_test before insert on messaging.write_probe for each statement execute function messaging.read_only_for_a_test()")
        .update();
    try {
      assertThat(ask(business).statusCode()).isEqualTo(503);
      assertThat(service.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
      var books = service.get("/actuator/health/books");
      assertThat(books.statusCode()).isEqualTo(200);
      assertThat(service.json(books.body()).at("/components/database/details/cause").asText())
          .contains("can only be read");
    } finally {
      service.database().sql("drop trigger read_only_for_a_test on public.messages").update();
      service.database().sql("drop trigger read_only_for_a_test on messaging.write_probe").update();
      service.database().sql("drop function messaging.read_only_for_a_test()").update();
    }
    assertThat(service.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
    assertThat(ask(business).statusCode()).isEqualTo(202);
    assertThat(
            service
                .database()
                .sql("select count(*) from messaging.write_probe")
                .query(Long.class)
                .single())
        .isZero();
  }

  private java.net.http.HttpResponse<String> ask(Service.Business business) {
    return service.post(
        Map.of("funnelId", business.funnel(), "contactName", "Ada", "contactPhone", "0412345678"));
  }
}
