package com.callback.messaging.bench;

import java.util.Locale;

/** A picture that is drawn element by element and can be read on a light and on a dark page. */
final class Svg {

  static final int WIDTH = 720;

  private static final String STYLE =
      """
      <style>
      text { font: 13px system-ui, sans-serif; fill: #1f2328 }
      .ground { fill: #ffffff } .title { font-weight: 600 } .small { font-size: 11px; fill: #59636e } .line { stroke: #d1d9e0 }
      .of0 { fill: #0969da; stroke: #0969da } .of1 { fill: #bc4c00; stroke: #bc4c00 } .of2 { fill: #6e7781; stroke: #6e7781 }
      .of3 { fill: #8250df; stroke: #8250df } .curve { fill: none; stroke-width: 2 }
      @media (prefers-color-scheme: dark) {
      text { fill: #f0f6fc } .ground { fill: #0d1117 } .small { fill: #9198a1 } .line { stroke: #3d444d }
      .of0 { fill: #4493f8; stroke: #4493f8 } .of1 { fill: #f0883e; stroke: #f0883e } .of2 { fill: #9198a1; stroke: #9198a1 }
      .of3 { fill: #ab7df8; stroke: #ab7df8 } .curve { fill: none } }
      </style>
      """;

  private final StringBuilder elements = new StringBuilder();
  private final int height;
  private final String title;

  Svg(String title, int height) {
    this.title = title;
    this.height = height;
    text("title", 16, 24, "start", title);
  }

  /**
   * Adds text.
   *
   * @param anchor start, middle or end: what of it stands at x
   */
  Svg text(String kind, double x, double y, String anchor, String text) {
    return add(
        "<text class='%s' x='%.1f' y='%.1f' text-anchor='%s'>%s</text>",
        kind, x, y, anchor, escaped(text));
  }

  Svg rectangle(String kind, double x, double y, double width, double height) {
    return add(
        "<rect class='%s' x='%.1f' y='%.1f' width='%.1f' height='%.1f'/>",
        kind, x, y, Math.max(1, width), height);
  }

  Svg line(String kind, double x1, double y1, double x2, double y2) {
    return add("<line class='%s' x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f'/>", kind, x1, y1, x2, y2);
  }

  /** A curve through these points: x, y, x, y and so on. */
  Svg curve(String kind, double... points) {
    var path = new StringBuilder();
    for (var i = 0; i < points.length; i += 2) {
      path.append(String.format(Locale.ROOT, "%.1f,%.1f ", points[i], points[i + 1]));
    }
    return add("<polyline class='%s curve' points='%s'/>", kind, path.toString().strip());
  }

  String draw() {
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-label="%s">
    %s<rect class='ground' width='100%%' height='100%%'/>
    %s</svg>
    """
        .formatted(WIDTH, height, WIDTH, height, escaped(title), STYLE, elements);
  }

  private Svg add(String element, Object... values) {
    elements.append(String.format(Locale.ROOT, element, values)).append('\n');
    return this;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
