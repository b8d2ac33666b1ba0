package com.callback.messaging.intake;

import com.callback.messaging.http.Problem;
import com.callback.messaging.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;

/**
 * Reads JSON from outside, strictly: UTF-8, one value, no repeated names, at most 32 levels deep.
 */
@Component
class JsonBody {

  private static final int DEPTH = 32;

  private final ObjectReader reader =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH)
                          .maxNumberLength(100)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build()
          .readerFor(JsonNode.class);

  JsonNode read(byte[] body) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return reader.readTree(text);
    } catch (CharacterCodingException e) {
      throw refused("The body is not UTF-8.");
    } catch (JsonProcessingException e) {
      throw refused(reason(e));
    } catch (IOException e) {
      throw refused("The body cannot be read.");
    }
  }

  /** Where it broke, never what stood there. */
  private static String reason(JsonProcessingException failure) {
    var place = failure.getLocation();
    return place == null
        ? "The body is not JSON, or nested more than %d levels deep.".formatted(DEPTH)
        : "The body is not JSON, or nested more than %d levels deep: see line %d, column %d."
            .formatted(DEPTH, place.getLineNr(), place.getColumnNr());
  }

  private static RequestRefusedException refused(String detail) {
    return new RequestRefusedException(
        Problem.of(400, "unreadable-body", "The body cannot be read", detail));
  }
}
