package com.callback.messaging.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What the tables say, as bars and curves. */
final class Pictures {

  private static final int LEFT = 230;
  private static final int RIGHT = Svg.WIDTH - 90;
  private static final int ROW = 22;
  private static final int CURVE_LEFT = 64;
  private static final int CURVE_TOP = 44;
  private static final int CURVE_BOTTOM = 280;
  private static final int CURVE_RIGHT = Svg.WIDTH - 24;

  private Pictures() {}

  /** A group of bars for each of these rows of a table, a bar for each column. */
  static String bars(String title, Table table, List<String> rows) {
    var names = table.names();
    var group = 28 + names.size() * ROW;
    var svg = new Svg(title, 36 + rows.size() * group);
    var y = 56;
    for (var row : rows) {
      svg.text("small", 16, y, "start", row);
      var most = names.stream().mapToDouble(name -> finite(table.median(row, name))).max();
      for (var i = 0; i < names.size(); i++) {
        var value = finite(table.median(row, names.get(i)));
        var width = (RIGHT - LEFT) * value / Math.max(most.orElse(1), 1e-9);
        var top = y + 8 + i * ROW;
        svg.text("name", LEFT - 8, top + 12, "end", names.get(i));
        svg.rectangle("of" + i, LEFT, top, width, ROW - 6);
        svg.text("name", LEFT + width + 8, top + 12, "start", Figure.number(value));
      }
      y += group;
    }
    return svg.draw();
  }

  /** A curve for each of these series, which have a value for each second. */
  static String curves(String title, Map<String, double[]> series) {
    var seconds = series.values().stream().mapToInt(each -> each.length).max().orElse(1);
    var most = series.values().stream().flatMapToDouble(Arrays::stream).max().orElse(1);
    var svg = new Svg(title, 330);
    for (var part = 0; part <= 4; part++) {
      var y = CURVE_BOTTOM - (CURVE_BOTTOM - CURVE_TOP) * part / 4.0;
      svg.line("line", CURVE_LEFT, y, CURVE_RIGHT, y);
      svg.text("small", CURVE_LEFT - 8, y + 4, "end", "%,.0f".formatted(most * part / 4));
      var x = CURVE_LEFT + (CURVE_RIGHT - CURVE_LEFT) * part / 4.0;
      svg.text("small", x, CURVE_BOTTOM + 18, "middle", "%,.0f s".formatted(seconds * part / 4.0));
    }
    var i = 0;
    for (var name : series.keySet()) {
      svg.curve("of" + i, points(series.get(name), seconds, most));
      svg.rectangle("of" + i, CURVE_LEFT + i * 220, CURVE_BOTTOM + 32, 12, 12);
      svg.text("name", CURVE_LEFT + i * 220 + 18, CURVE_BOTTOM + 42, "start", name);
      i++;
    }
    return svg.draw();
  }

  private static double[] points(double[] values, int seconds, double most) {
    var points = new double[2 * values.length];
    for (var i = 0; i < values.length; i++) {
      points[2 * i] = CURVE_LEFT + (CURVE_RIGHT - CURVE_LEFT) * (i + 0.5) / seconds;
      points[2 * i + 1] = CURVE_BOTTOM - (CURVE_BOTTOM - CURVE_TOP) * values[i] / Math.max(most, 1);
    }
    return points;
  }

  private static double finite(double value) {
    return Double.isFinite(value) ? value : 0;
  }
}
