package com.callback.messaging.inbox.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Leads as rows of CSV, RFC 4180; the first row names the fields. */
final class Csv implements LeadFile {

  /** By which Excel knows UTF-8. */
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private static final JsonMapper JSON = new JsonMapper();

  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private final List<String> fields;
  private final Form form;
  private final CsvWriter out;

  /**
   * How cells are written.
   *
   * @param isMarked whether the file begins with a byte order mark
   * @param separator what stands between them
   * @param moments the fields that are moments
   * @param clock by which moments are told; null for UTC, as they come
   */
  record Form(boolean isMarked, char separator, Set<String> moments, ZoneId clock) {}

  Csv(Writer out, List<String> fields, Form form) throws IOException {
    this.fields = fields;
    this.form = form;
    if (form.isMarked()) {
      out.write(BYTE_ORDER_MARK);
    }
    this.out =
        CsvWriter.builder()
            .fieldSeparator(form.separator())
            .lineDelimiter(LineDelimiter.CRLF)
            .build(out);
    this.out.writeRecord(fields);
  }

  @Override
  public void add(String lead) throws IOException {
    var values = JSON.readTree(lead);
    out.writeRecord(fields.stream().map(field -> cell(field, values.path(field))).toList());
  }

  private String cell(String field, JsonNode value) {
    if (value.isNull() || value.isMissingNode()) {
      return "";
    }
    if (form.clock() != null && form.moments().contains(field)) {
      return LOCAL.format(Instant.parse(value.asText()).atZone(form.clock()));
    }
    if (value.isArray()) {
      return safe(
          StreamSupport.stream(value.spliterator(), false)
              .map(JsonNode::asText)
              .collect(Collectors.joining(",")));
    }
    return value.isObject() ? guarded(value).toString() : safe(value.asText());
  }

  /** JSON stays JSON: each text in it is made safe by itself. */
  private JsonNode guarded(JsonNode value) {
    if (value.isTextual()) {
      return TextNode.valueOf(safe(value.textValue()));
    }
    if (value.isArray()) {
      var all = JSON.createArrayNode();
      value.forEach(each -> all.add(guarded(each)));
      return all;
    }
    if (value.isObject()) {
      var all = JSON.createObjectNode();
      value.properties().forEach(field -> all.set(safe(field.getKey()), guarded(field.getValue())));
      return all;
    }
    return value;
  }

  private String safe(String text) {
    return Cells.safe(text, form.separator());
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
