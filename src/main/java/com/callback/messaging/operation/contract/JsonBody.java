package com.callback.messaging.operation.contract;

import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;

/**
 * Reads JSON from outside, strictly: UTF-8, one value, no repeated names, at most 32 levels deep.
 */
@Component
public class JsonBody {

  /** Some tools put it before all they write; RFC 8259 8.1 lets it be passed over. */
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private static final int DEPTH = 32;
  private static final int DIGITS = 100;
  private static final String TOO_LONG =
      "The body has a number of more than %d digits; longer ones may be sent as text."
          .formatted(DIGITS);
  private static final String NOT_READABLE =
      "The body is not JSON, is nested more than %d levels deep, or has a number of more than %d digits"
          .formatted(DEPTH, DIGITS);

  private final ObjectReader reader =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH)
                          .maxNumberLength(DIGITS)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build()
          .readerFor(JsonNode.class);

  /**
   * The value in the body.
   *
   * @throws RequestRefusedException saying where it broke, never what stood there
   */
  public JsonNode read(byte[] body) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      if (text.startsWith(BYTE_ORDER_MARK)) {
        text = text.substring(1);
      }
      var value = reader.readTree(text);
      if (hasLongNumber(value)) {
        throw refused(TOO_LONG);
      }
      return value;
    } catch (CharacterCodingException e) {
      throw refused("The body is not UTF-8.");
    } catch (JsonProcessingException e) {
      throw refused(reason(e));
    } catch (NumberFormatException | ArithmeticException e) {
      throw refused(TOO_LONG);
    }
  }

  /**
   * 1e999999999 is eleven characters here, and fills the memory of whoever writes it out: the
   * validator, which does so to compare it, or the database.
   */
  private static boolean hasLongNumber(JsonNode value) {
    if (value.isBigDecimal()) {
      var number = value.decimalValue();
      return number.scale() > DIGITS || (long) number.precision() - number.scale() > DIGITS;
    }
    for (var child : value) {
      if (hasLongNumber(child)) {
        return true;
      }
    }
    return false;
  }

  /** Where it broke, never what stood there. */
  private static String reason(JsonProcessingException failure) {
    var place = failure.getLocation();
    return place == null
        ? NOT_READABLE + "."
        : "%s: see line %d, column %d."
            .formatted(NOT_READABLE, place.getLineNr(), place.getColumnNr());
  }

  private static RequestRefusedException refused(String detail) {
    return new RequestRefusedException(
        Problem.of(400, "unreadable-body", "The body cannot be read", detail));
  }
}
