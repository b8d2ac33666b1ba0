package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.CallbackMessaging;
import com.callback.messaging.platform.startup.StartFailure;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;

class EveryProviderHasARouteTest {

  @Test
  void a_provider_without_a_route_stops_the_start_with_what_to_do() {
    var service = new SpringApplicationBuilder(CallbackMessaging.class);
    assertThatThrownBy(
            () ->
                service.run(
                    "--server.port=0",
                    "--messaging.data-dir=target/test-data/unrouted",
                    "--messaging.broker-name=unrouted",
                    "--channels.sms.providers=touchsms,touchsms-standby"))
        .hasRootCauseInstanceOf(StartFailure.class)
        .hasRootCauseMessage(
            "channels.sms.providers names \"touchsms-standby\", but there is no route direct:sms-via-touchsms-standby: name touchsms, or configure what that route needs.");
  }
}
