package com.callback.messaging.operation.idempotency;

import com.callback.messaging.operation.api.OperationRequest;
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
public class StoredResponses {

  private static final String KEY = "Idempotency-Key";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final SecretBox box;

  StoredResponses(SecretBox box) {
    this.box = box;
  }

  /** A response as it is stored, and the hash of the request that it answered. */
  private record Stored(
      String businessId, byte[] bodyHash, int status, String location, String sealed) {

    static Stored of(Map<String, Object> row) {
      return new Stored(
          row.get("business_id").toString(),
          (byte[]) row.get("body_hash"),
          ((Number) row.get("status")).intValue(),
          (String) row.get("location"),
          (String) row.get("answer"));
    }
  }

  /** What tells two requests with one key apart: everything they ask for. */
  public byte[] hash(OperationRequest input) {
    var said = new TreeMap<>(input.values());
    said.remove(KEY);
    return Sha256.of(said + "\n" + canonical(input.body()));
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
      throw new RequestRefusedException(KeyConflict.RUNNING);
    }
  }

  /**
   * The answer that an earlier request with the same key was given; null where there was none.
   *
   * @param row of {@code load-stored-response.sql}; null where there is none
   * @throws RequestRefusedException when that one asked for something else
   */
  public StoredResponse replayed(OperationRequest input, Map<String, Object> row) {
    if (row == null) {
      return null;
    }
    var stored = Stored.of(row);
    if (!Arrays.equals(stored.bodyHash(), hash(input))) {
      throw new RequestRefusedException(KeyConflict.OTHER_BODY);
    }
    return new StoredResponse(
        stored.status(),
        stored.location(),
        opened(stored.businessId(), input, stored.sealed()),
        true);
  }

  /** A new answer. */
  public StoredResponse fresh(int status, String location, String body) {
    return new StoredResponse(status, location, body, false);
  }

  /** Adds where the response says that something was made, and that it is one of before. */
  public void putHeaders(StoredResponse answer, Map<String, Object> response) {
    if (answer.location() != null) {
      response.put("Location", answer.location());
    }
    if (answer.replayed()) {
      response.put("Idempotency-Replayed", "true");
    }
  }

  /** The body of an answer as it is kept: it may hold a secret that was shown this once. */
  public String sealed(String business, OperationRequest input, StoredResponse response) {
    return box.seal(response.body(), belongsTo(business, input));
  }

  /** Answers of the day before an update were sealed for whatever business. */
  private String opened(String business, OperationRequest input, String answer) {
    try {
      return box.open(answer, belongsTo(business, input));
    } catch (UnknownKeyException e) {
      return box.open(answer, belongsTo(input));
    }
  }

  private static String belongsTo(String business, OperationRequest input) {
    return belongsTo(input) + " of " + business;
  }

  private static String belongsTo(OperationRequest input) {
    return "idempotency_keys " + input.operation() + " " + input.values().get(KEY);
  }
}
