package com.callback.messaging.inbox.lead;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where each move takes a lead, by where it stands. What may be done to a lead is said here and
 * nowhere else; the statement that moves leads is given a row of this.
 */
public final class StatusTransitions {

  /** Stands for what a lead was before it was archived. */
  static final String BEFORE = "before";

  /** {@code =} leaves a lead where it is, {@code -} is refused. */
  private static final String TABLE =
      """
      move            unread        read          acknowledged  responded     archived
      read            read          =             =             =             -
      unread          =             unread        -             -             -
      acknowledge     acknowledged  acknowledged  =             =             -
      respond         responded     responded     responded     =             -
      archive         archived      archived      archived      archived      =
      unarchive       =             =             =             =             before
      reached         responded     responded     responded     =             -
      booked          responded     responded     responded     =             -
      not_interested  responded     responded     responded     =             -
      voicemail       acknowledged  acknowledged  =             =             -
      wrong_number    acknowledged  acknowledged  =             =             -
      no_answer       read          =             read          read          -
      """;

  private static final Map<String, Map<String, String>> ROWS = rows();

  private StatusTransitions() {}

  /** The names of all moves. */
  public static Set<String> names() {
    return ROWS.keySet();
  }

  /**
   * Where a move takes a lead, by where it stands; a lead that stands where nothing is said cannot
   * be moved so.
   */
  public static Map<String, String> of(String move) {
    return ROWS.get(move);
  }

  private static Map<String, Map<String, String>> rows() {
    var lines = TABLE.lines().map(line -> List.of(line.split(" +"))).toList();
    var rows = new LinkedHashMap<String, Map<String, String>>();
    for (var line : lines.subList(1, lines.size())) {
      rows.put(line.get(0), row(lines.get(0), line));
    }
    return rows;
  }

  private static Map<String, String> row(List<String> heads, List<String> line) {
    var row = new LinkedHashMap<String, String>();
    for (var each = 1; each < heads.size(); each++) {
      var to = line.get(each);
      if (!to.equals("-")) {
        row.put(heads.get(each), to.equals("=") ? heads.get(each) : to);
      }
    }
    return row;
  }
}
