package com.callback.messaging.delivery.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.delivery.engine.OutgoingRequest;
import com.callback.messaging.delivery.engine.RefusedBySettingsException;
import com.callback.messaging.support.FarEnd;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AsyncClientsTest {

  private static final byte[] BODY = "{}".getBytes(UTF_8);

  private final FarEnd inside = new FarEnd();
  private final AsyncClients clients =
      new AsyncClients(
          Rules.production(),
          Rules.settings(List.of(), "443"),
          LentClients.timeouts(20_000),
          "test");

  @AfterEach
  void close() {
    clients.close();
    inside.close();
  }

  @Test
  void a_customers_address_inside_is_refused_also_after_a_provider_was_called_there() {
    var provider = OutgoingRequest.toProvider(inside.url(), Map.of(), BODY, body -> null, null);
    assertThat(clients.post(provider, false).toCompletableFuture().join().status()).isEqualTo(200);

    var customer = OutgoingRequest.toCustomer(inside.url(), Map.of(), BODY);
    assertThatThrownBy(() -> clients.post(customer, true).toCompletableFuture().join())
        .hasCauseInstanceOf(RefusedBySettingsException.class);
    assertThat(inside.calls()).hasSize(1);
  }
}
