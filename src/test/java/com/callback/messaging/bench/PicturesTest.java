package com.callback.messaging.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class PicturesTest {

  @Test
  void the_longest_bar_is_that_of_the_largest_figure() throws Exception {
    var table = Table.ofContestants(List.of("ours & <mine>", "theirs"));
    table.column("ours & <mine>").add("per second", "", 100);
    table.column("theirs").add("per second", "", 50);

    var picture = parsed(Pictures.bars("Accepting", table, List.of("per second")));

    assertThat(width(picture, "of0")).isEqualTo(2 * width(picture, "of1"));
    assertThat(picture.getTextContent()).contains("ours & <mine>", "100", "50.00");
  }

  @Test
  void a_curve_has_a_point_for_each_second() throws Exception {
    var series = Map.of("ours", new double[] {1, 2, 3});

    var curve = parsed(Pictures.curves("Rate", series)).getElementsByTagName("polyline").item(0);

    assertThat(((Element) curve).getAttribute("points").split(" ")).hasSize(3);
  }

  @Test
  void a_picture_has_colours_for_dark_pages() {
    assertThat(new Svg("Rate", 100).draw()).contains("prefers-color-scheme: dark");
  }

  private static double width(Element picture, String kind) {
    var bars = picture.getElementsByTagName("rect");
    for (var i = 0; i < bars.getLength(); i++) {
      var bar = (Element) bars.item(i);
      if (bar.getAttribute("class").equals(kind)) {
        return Double.parseDouble(bar.getAttribute("width"));
      }
    }
    throw new AssertionError(kind);
  }

  private static Element parsed(String svg) throws Exception {
    var reader = new InputSource(new StringReader(svg));
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(reader)
        .getDocumentElement();
  }
}
