package com.callback.messaging.platform.database;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Only a database that answers is waited for. */
@Timeout(60)
class PatientPoolTest {

  @Test
  void a_database_that_refuses_connections_is_not_waited_for() throws IOException {
    int nobody;
    try (var socket = new ServerSocket(0)) {
      nobody = socket.getLocalPort();
    }
    try (var pool = pool(nobody, Duration.ofHours(1))) {
      assertThatThrownBy(pool::getConnection)
          .isInstanceOf(SQLTransientConnectionException.class)
          .hasStackTraceContaining("refused");
    }
  }

  @Test
  void a_database_that_takes_connections_and_says_nothing_is_waited_for_and_then_away()
      throws IOException {
    try (var silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        var pool = pool(silent.getLocalPort(), Duration.ofSeconds(2))) {
      assertThatThrownBy(pool::getConnection).isInstanceOf(SQLTransientConnectionException.class);
    }
  }

  private static PatientPool pool(int port, Duration patience) {
    var pool = new PatientPool(patience);
    pool.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + port + "/none");
    pool.setUsername("nobody");
    pool.setConnectionTimeout(500);
    pool.setInitializationFailTimeout(-1);
    pool.addDataSourceProperty("connectTimeout", "1");
    return pool;
  }
}
