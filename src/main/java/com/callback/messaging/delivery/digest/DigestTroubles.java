package com.callback.messaging.delivery.digest;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The businesses whose digest could not be opened, and why. Each is tried again with the next look,
 * and named in the log once.
 */
@Component
public class DigestTroubles {

  private static final Logger LOG = LoggerFactory.getLogger(DigestTroubles.class);

  /** SQLSTATE of a time zone that the database does not know. */
  private static final String NO_SUCH_ZONE = "22023";

  private record Look(Map<String, String> before, Map<String, String> now) {}

  private final Map<String, Look> looks = new ConcurrentHashMap<>();

  DigestTroubles() {}

  /** A look for digests of a kind begins: all businesses are tried again. */
  public void begin(String kind) {
    looks.compute(
        kind,
        (name, last) ->
            new Look(last == null ? Map.of() : Map.copyOf(last.now()), new ConcurrentHashMap<>()));
  }

  /** Businesses that could not be opened together, each by itself. */
  public List<String> each(String businesses) {
    return List.of(businesses.split(","));
  }

  /** Takes note of a business whose digest cannot be opened. */
  public void failed(String kind, String business, Throwable failure) {
    var reason = reason(failure);
    var look = looks.computeIfAbsent(kind, name -> new Look(Map.of(), new ConcurrentHashMap<>()));
    look.now().put(business, reason);
    if (!reason.equals(look.before().get(business))) {
      LOG.warn("The {} digest of business {} could not be opened: {}", kind, business, reason);
    }
  }

  /** Those of a kind that failed in this look. */
  public String[] named(String kind) {
    var look = looks.get(kind);
    return look == null ? new String[0] : look.now().keySet().toArray(String[]::new);
  }

  /** All that failed when they were tried last, as {@code daily <business>}, and why. */
  Map<String, String> all() {
    var all = new TreeMap<String, String>();
    looks.forEach(
        (kind, look) ->
            look.now().forEach((business, reason) -> all.put(kind + " " + business, reason)));
    return all;
  }

  private static String reason(Throwable failure) {
    var state =
        Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
            .limit(20)
            .filter(SQLException.class::isInstance)
            .map(cause -> ((SQLException) cause).getSQLState())
            .findFirst()
            .orElse(null);
    if (NO_SUCH_ZONE.equals(state)) {
      return "its time zone is not known to the database: change it in its settings";
    }
    return state == null
        ? failure.getClass().getSimpleName()
        : "the database refuses its rows, SQLSTATE " + state;
  }
}
