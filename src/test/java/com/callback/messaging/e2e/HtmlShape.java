package com.callback.messaging.e2e;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** A mail's HTML as a browser understands it: its texts, and apart from them its elements. */
record HtmlShape(Element root) {

  static HtmlShape of(String html) {
    return new HtmlShape(Jsoup.parse(html));
  }

  /** The text of each element, as it stands. */
  Set<String> texts() {
    return root.getAllElements().stream().map(Element::wholeText).collect(toSet());
  }

  /** Where links of a kind lead. */
  Set<String> links(String scheme) {
    return root.select("a[href^=" + scheme + ":]").stream()
        .map(link -> link.attr("href"))
        .collect(toSet());
  }

  /** All elements with their attributes; of links only that they are there. */
  String elements() {
    return elements(root);
  }

  private static String elements(Element element) {
    var attributes =
        element.attributes().asList().stream()
            .map(a -> a.getKey().equals("href") ? " href" : " " + a.getKey() + "=" + a.getValue())
            .collect(joining());
    var inside = element.children().stream().map(HtmlShape::elements).collect(joining());
    return "<" + element.tagName() + attributes + ">" + inside + "</>\n";
  }
}
