package com.callback.messaging.operation.idempotency;

import com.callback.messaging.operation.api.Asked;
import com.callback.messaging.operation.contract.CanonicalJson;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.callback.messaging.platform.secrets.SecretBox;
import com.callback.messaging.platform.secrets.Sha256;
import com.callback.messaging.platform.secrets.UnknownKeyException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Tells a request that comes again from one that is new. Answers are kept sealed. */
@Component
public class Repetitions {

  private static final String KEY = "Idempotency-Key";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final SecretBox box;

  Repetitions(SecretBox box) {
    this.box = box;
  }

  /** What tells two requests with one key apart: everything they ask for. */
  public byte[] hash(Asked asked) {
    var said = new TreeMap<>(asked.values());
    said.remove(KEY);
    return Sha256.of(said + "\n" + canonical(asked.body()));
  }

  /** A client that writes its JSON anew may write it in another order. */
  private static String canonical(String body) {
    try {
      return body == null ? null : CanonicalJson.of(JSON.readTree(body)).toString();
    } catch (JsonProcessingException e) {
      return body;
    }
  }

  /**
   * Goes on only where no other request with the key is being worked on.
   *
   * @param free whether the key could be taken
   */
  public void requireFree(boolean free) {
    if (!free) {
      throw new RequestRefusedException(Repetition.RUNNING);
    }
  }

  /**
   * The answer that an earlier request with the same key was given; null where there was none.
   *
   * @param row what was kept of it
   * @throws RequestRefusedException when that one asked for something else
   */
  public Kept recalled(Asked asked, Map<String, Object> row) {
    if (row == null) {
      return null;
    }
    if (!Arrays.equals((byte[]) row.get("body_hash"), hash(asked))) {
      throw new RequestRefusedException(Repetition.OTHER_BODY);
    }
    return new Kept(
        ((Number) row.get("status")).intValue(),
        (String) row.get("location"),
        opened(row.get("business_id").toString(), asked, (String) row.get("answer")),
        true);
  }

  /** A new answer. */
  public Kept fresh(int status, String location, String body) {
    return new Kept(status, location, body, false);
  }

  /** The body of an answer as it is kept: it may hold a secret that was shown this once. */
  public String sealed(String business, Asked asked, Kept kept) {
    return box.seal(kept.body(), belongsTo(business, asked));
  }

  /** Answers of the day before an update were sealed for whatever business. */
  private String opened(String business, Asked asked, String answer) {
    try {
      return box.open(answer, belongsTo(business, asked));
    } catch (UnknownKeyException e) {
      return box.open(answer, belongsTo(asked));
    }
  }

  private static String belongsTo(String business, Asked asked) {
    return belongsTo(asked) + " of " + business;
  }

  private static String belongsTo(Asked asked) {
    return "idempotency_keys " + asked.operation() + " " + asked.values().get(KEY);
  }
}
