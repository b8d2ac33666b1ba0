package com.callback.messaging.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Leads as rows of CSV, RFC 4180; the first row names the fields. */
final class Csv implements LeadFile {

  /** By which Excel knows UTF-8. */
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private static final JsonMapper JSON = new JsonMapper();

  private final List<String> fields;
  private final CsvWriter out;

  Csv(Writer out, List<String> fields, boolean isMarked) throws IOException {
    this.fields = fields;
    if (isMarked) {
      out.write(BYTE_ORDER_MARK);
    }
    this.out = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out);
    this.out.writeRecord(fields);
  }

  @Override
  public void add(String lead) throws IOException {
    var values = JSON.readTree(lead);
    out.writeRecord(fields.stream().map(values::path).map(Csv::cell).toList());
  }

  private static String cell(JsonNode value) {
    if (value.isNull() || value.isMissingNode()) {
      return "";
    }
    if (value.isArray()) {
      return Cells.safe(
          StreamSupport.stream(value.spliterator(), false)
              .map(JsonNode::asText)
              .collect(Collectors.joining(",")));
    }
    return Cells.safe(value.isObject() ? value.toString() : value.asText());
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
