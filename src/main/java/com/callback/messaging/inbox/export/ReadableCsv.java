package com.callback.messaging.inbox.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Leads as people read them: names instead of ids, the times of the business, words instead of
 * codes. The columns are in the order in which a person who calls back needs them.
 */
final class ReadableCsv implements LeadFile {

  /** By which Excel knows UTF-8. */
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private static final JsonMapper JSON = new JsonMapper();
  private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();

  /** Sorts as text, and spreadsheets of every language take it for a moment. */
  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

  private final Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
  private final CsvWriter out;
  private final char separator;
  private final ZoneId zone;

  /**
   * A file whose first row names the columns.
   *
   * @param isMarked whether the file begins with a byte order mark
   * @param separator what stands between cells
   * @param zone by whose clock moments are written
   */
  ReadableCsv(Writer out, boolean isMarked, char separator, ZoneId zone) throws IOException {
    this.separator = separator;
    this.zone = zone;
    columns.put("Name", lead -> text(lead, "contactName"));
    columns.put("Phone", ReadableCsv::phone);
    columns.put("Email", lead -> text(lead, "contactEmail"));
    columns.put("Subject", lead -> text(lead, "subject"));
    columns.put("Message", lead -> text(lead, "message"));
    columns.put("Received (%s)".formatted(zone), lead -> moment(lead, "createdAt"));
    columns.put("Status", ReadableCsv::status);
    columns.put("Outcome", lead -> words(text(lead, "callOutcome")));
    columns.put("Assigned to", lead -> text(lead, "assignee"));
    columns.put("Funnel", lead -> text(lead, "funnel"));
    columns.put("Source", lead -> text(lead, "source"));
    columns.put("Campaign", lead -> text(lead, "campaign"));
    columns.put("Priority", lead -> words(text(lead, "priority")));
    columns.put("Tags", lead -> list(lead.path("tags")));
    columns.put("Due", lead -> moment(lead, "dueAt"));
    columns.put("Acknowledged", lead -> moment(lead, "acknowledgedAt"));
    columns.put("Responded", lead -> moment(lead, "respondedAt"));
    columns.put("Call again", lead -> moment(lead, "callAgainAt"));
    columns.put("Reference", lead -> text(lead, "reference"));
    if (isMarked) {
      out.write(BYTE_ORDER_MARK);
    }
    this.out =
        CsvWriter.builder().fieldSeparator(separator).lineDelimiter(LineDelimiter.CRLF).build(out);
    write(columns.keySet());
  }

  @Override
  public void add(String lead) throws IOException {
    var values = JSON.readTree(lead);
    write(columns.values().stream().map(column -> column.apply(values)).toList());
  }

  private void write(Collection<String> cells) {
    out.writeRecord(cells.stream().map(cell -> Cells.safe(cell, separator)).toList());
  }

  private static String text(JsonNode lead, String field) {
    return lead.path(field).asText("");
  }

  /**
   * In groups of digits: a spreadsheet takes digits without spaces for an amount. As typed where it
   * is no number that can be dialled.
   */
  private static String phone(JsonNode lead) {
    try {
      var number = PHONES.parse(text(lead, "contactPhoneE164"), null);
      return PHONES.format(number, PhoneNumberFormat.INTERNATIONAL).replace('-', ' ');
    } catch (NumberParseException e) {
      return text(lead, "contactPhone");
    }
  }

  private static String status(JsonNode lead) {
    return lead.path("quarantinedAt").isTextual() ? "Possible spam" : words(text(lead, "status"));
  }

  /** Such as "No answer" for no_answer. */
  private static String words(String code) {
    var words = code.replace('_', ' ');
    return words.isEmpty() ? "" : Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private static String list(JsonNode values) {
    return StreamSupport.stream(values.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(", "));
  }

  private String moment(JsonNode lead, String field) {
    var at = lead.path(field);
    return at.isTextual() ? LOCAL.format(Instant.parse(at.textValue()).atZone(zone)) : "";
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
