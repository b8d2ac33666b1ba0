package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.FarEnd;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.Service;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;

/** The test of the design: a new channel is one route file and one block of configuration. */
@Import({MovableClock.Setup.class, Service.class})
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "messaging.data-dir=target/test-data/new-channel",
      "messaging.outbound.allowed=127.0.0.0/8",
      "messaging.outbound.ports=any",
      "messaging.broker-name=new-channel",
      "camel.main.routes-include-pattern=file:routes/**/*.yaml,file:src/test/resources/routes/*.yaml",
      "channels.pager.enabled=true",
      "channels.pager.providers=http",
      "channels.pager.accepted-as=delivered",
      "channels.pager.in-flight=4",
      "channels.pager.batch=4",
      "channels.pager.schedule=1m"
    })
@DirtiesContext
class NewChannelTest {

  @Autowired Service service;

  @Test
  void a_new_channel_is_a_route_file_and_a_block_of_configuration() {
    try (var pager = new FarEnd()) {
      var business = service.business();
      service
          .database()
          .sql(
              "insert into public.message_channels (business_id, channel_type, config) values (?, 'pager', jsonb_build_object('to', '4711', 'url', ?::text))")
          .params(business.id(), pager.url())
          .update();

      var lead =
          service.lead(business, Map.of("contactName", "Ada", "contactEmail", "ada@example.com"));

      await()
          .untilAsserted(
              () ->
                  assertThat(
                          service
                              .database()
                              .sql(
                                  "select state from messaging.deliveries where message_id = ? and channel = 'pager'")
                              .param(lead)
                              .query(String.class)
                              .single())
                      .isEqualTo("delivered"));
      assertThat(pager.calls())
          .singleElement()
          .satisfies(call -> assertThat(call.body()).isEqualTo("page 4711"));
    }
  }
}
