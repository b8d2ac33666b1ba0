package com.callback.messaging.delivery.channel.sms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** One report of the SMS provider, whose fields are found by their configured names. */
final class SmsReportItem {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode report;

  SmsReportItem(JsonNode report) {
    this.report = report;
  }

  /** The first of these fields that is there, as text. */
  Optional<String> text(List<String> paths) {
    return values(paths).findFirst();
  }

  /** The first of these fields that is the id of a delivery. */
  UUID delivery(List<String> paths) {
    return values(paths).flatMap(each -> uuid(each).stream()).findFirst().orElse(null);
  }

  private Stream<String> values(List<String> paths) {
    return paths.stream()
        .map(this::at)
        .filter(field -> field.isValueNode() && !field.isNull())
        .map(JsonNode::asText)
        .filter(text -> !text.isBlank());
  }

  /** The first of these fields that is a moment, or else this one. */
  Instant moment(List<String> paths, Instant otherwise) {
    return text(paths).flatMap(SmsReportItem::instant).orElse(otherwise);
  }

  /** The same for the same report, however often it comes. */
  String id() {
    try {
      var hash = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(hash.digest(report.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private JsonNode at(String path) {
    var node = report;
    for (var name : path.strip().split("\\.")) {
      node = object(node).path(name);
    }
    return node;
  }

  /** In a form an object is JSON in a text. */
  private static JsonNode object(JsonNode node) {
    if (!node.isTextual()) {
      return node;
    }
    try {
      var read = JSON.readTree(node.textValue());
      return read == null ? MissingNode.getInstance() : read;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text.strip()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(
          text.matches("[0-9]{9,11}")
              ? Instant.ofEpochSecond(Long.parseLong(text))
              : OffsetDateTime.parse(text.strip()).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
