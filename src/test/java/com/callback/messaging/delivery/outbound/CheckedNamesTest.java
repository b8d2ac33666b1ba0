package com.callback.messaging.delivery.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.delivery.engine.RefusedBySettingsException;
import com.callback.messaging.delivery.outbound.Calling.Names;
import com.callback.messaging.support.RawReceiver;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a name resolves to is what is checked, and what is checked is what is called. */
class CheckedNamesTest {

  private static final List<String> HERE = List.of("127.0.0.1");
  private static final List<String> METADATA = List.of("169.254.169.254");

  private final RawReceiver receiver =
      RawReceiver.answering(
          wire -> {
            wire.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            wire.hangUp();
          });
  private final Names names = new Names();

  Calling calling(OutboundRules rules, Names names) {
    return Calling.waiting(rules, names, Calling.TIMEOUT_MS);
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void a_name_that_changes_between_check_and_connect_is_looked_up_once() throws Exception {
    names.say("hooks.example", HERE, METADATA);
    try (var calling = calling(Rules.allowing("127.0.0.0/8"), names)) {
      assertThat(calling.post(at("hooks.example")).status()).isEqualTo(200);
    }
    assertThat(names.lookUps()).isEqualTo(1);
    assertThat(receiver.heads()).hasSize(1);
  }

  @Test
  void a_retry_looks_the_name_up_again_and_is_checked_again() throws Exception {
    names.say("hooks.example", HERE, METADATA, HERE);
    try (var calling = calling(Rules.allowing("127.0.0.0/8"), names)) {
      assertThat(calling.post(at("hooks.example")).status()).isEqualTo(200);
      assertThatThrownBy(() -> calling.post(at("hooks.example")))
          .isInstanceOf(RefusedBySettingsException.class);
      assertThat(calling.post(at("hooks.example")).status()).isEqualTo(200);
    }
    assertThat(names.lookUps()).isEqualTo(3);
    assertThat(receiver.heads()).hasSize(2);
  }

  @Test
  void of_good_and_bad_addresses_only_the_good_are_called() throws Exception {
    names.say("hooks.example", List.of("169.254.169.254", "10.0.0.1", "127.0.0.1", "::1"));
    var rules = Rules.allowing("127.0.0.0/8");
    assertThat(new CheckedNames(rules, names).resolve("hooks.example", 443))
        .containsExactly(new InetSocketAddress("127.0.0.1", 443));
    try (var calling = calling(rules, names)) {
      assertThat(calling.post(at("hooks.example")).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hooks.example", "127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"})
  void where_every_address_is_refused_nobody_is_called_and_the_remedy_is_named(String host)
      throws Exception {
    names.say("hooks.example", HERE);
    try (var calling = calling(Rules.allowing(), names)) {
      assertThatThrownBy(() -> calling.post(at(host)))
          .isInstanceOf(RefusedBySettingsException.class)
          .hasMessageContaining(host.replaceAll("[\\[\\]]", ""))
          .hasMessageContaining("private or reserved network")
          .hasMessageContaining("MESSAGING_OUTBOUND_ALLOWED");
    }
    assertThat(receiver.connections()).isZero();
  }

  /** A resolver may read more as an address than we do; what it finds is checked all the same. */
  @ParameterizedTest
  @ValueSource(strings = {"2130706433", "0x7f000001", "0x7f.1", "127.1", "127.0.0.1."})
  void other_ways_to_write_an_address_lead_nowhere_else(String host) throws Exception {
    try (var calling = calling(Rules.allowing(), names)) {
      assertThatThrownBy(() -> calling.post(at(host)))
          .isInstanceOfAny(
              RefusedBySettingsException.class,
              UnknownHostException.class,
              IllegalArgumentException.class);
    }
    assertThat(receiver.connections()).isZero();
  }

  @Test
  void a_port_is_checked_at_the_connect_too() {
    var checked =
        new CheckedNames(Rules.production(), names.say("hooks.example", List.of("1.1.1.1")));
    assertThatThrownBy(() -> checked.resolve("hooks.example", 22))
        .isInstanceOf(RefusedBySettingsException.class)
        .hasMessageContaining("MESSAGING_OUTBOUND_PORTS");
    assertThat(names.lookUps()).isZero();
  }

  @Test
  void the_sandbox_is_called_with_nothing_configured_and_nothing_beside_it() throws Exception {
    var checked = new CheckedNames(Rules.development(), SystemDefaultDnsResolver.INSTANCE);
    assertThat(checked.resolve("127.0.0.1", Rules.SANDBOX_PORT)).hasSize(1);
    for (var port : List.of(80, 443, 8443)) {
      assertThatThrownBy(() -> checked.resolve("127.0.0.1", port))
          .isInstanceOf(RefusedBySettingsException.class);
    }
    assertThatThrownBy(() -> checked.resolve("localhost", Rules.SANDBOX_PORT))
        .isInstanceOf(RefusedBySettingsException.class);
  }

  @Test
  void a_name_without_an_address_is_not_known() {
    var checked = new CheckedNames(Rules.production(), names.say("hooks.example", List.of()));
    assertThatThrownBy(() -> checked.resolve("hooks.example", 443))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void a_look_up_that_knows_no_port_is_not_offered() {
    var checked = new CheckedNames(Rules.production(), names);
    assertThatThrownBy(() -> checked.resolve("hooks.example"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(checked.resolveCanonicalHostname("hooks.example")).isEqualTo("hooks.example");
  }

  private String at(String host) {
    return "http://" + host + ":" + receiver.port() + "/hook";
  }
}
