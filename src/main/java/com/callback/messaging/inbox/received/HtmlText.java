package com.callback.messaging.inbox.received;

import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/**
 * The text of an HTML mail. Nothing of the HTML is stored or shown: scripts, styles, links and
 * images are gone; a quotation becomes lines that begin with {@code >}.
 */
final class HtmlText {

  private static final String QUOTATION = "blockquote, .gmail_quote, .yahoo_quoted";

  private static final Set<String> BLOCKS =
      Set.of(
          "p", "div", "hr", "li", "tr", "table", "ul", "ol", "pre", "h1", "h2", "h3", "h4", "h5",
          "h6");

  private HtmlText() {}

  /** The text, a line for each block. */
  static String of(String html) {
    var document = Jsoup.parse(html);
    document.select("script, style, head, title, template, object, iframe, svg").remove();
    for (var quotation : document.select(QUOTATION)) {
      // One inside another is quoted with it.
      if (quotation.parents().is(QUOTATION) || quotation.parent() == null) {
        continue;
      }
      var lines =
          written(quotation).lines().map(line -> "> " + line).collect(Collectors.joining("\n"));
      quotation.replaceWith(new Element("pre").text(lines));
    }
    return written(document.body());
  }

  private static String written(Element element) {
    var text = new StringBuilder();
    element.traverse(new Writer(text));
    return text.toString().replace('\u00A0', ' ').replaceAll("\n{3,}", "\n\n").strip();
  }

  private record Writer(StringBuilder text) implements NodeVisitor {

    @Override
    public void head(Node node, int depth) {
      if (node instanceof TextNode written) {
        text.append(isPreformatted(written) ? written.getWholeText() : inLine(written.text()));
      } else if (BLOCKS.contains(node.nodeName())) {
        endLine();
      }
    }

    @Override
    public void tail(Node node, int depth) {
      if (node.nodeName().equals("p")) {
        endLine();
        text.append('\n');
      } else if (node.nodeName().equals("br")) {
        text.append('\n');
      } else if (BLOCKS.contains(node.nodeName())) {
        endLine();
      }
    }

    /** White space of the source at the start of a line is nothing that anybody sees. */
    private String inLine(String words) {
      return atLineStart() ? words.stripLeading() : words;
    }

    private void endLine() {
      if (!atLineStart()) {
        text.append('\n');
      }
    }

    private boolean atLineStart() {
      return text.isEmpty() || text.charAt(text.length() - 1) == '\n';
    }

    private static boolean isPreformatted(TextNode node) {
      return node.parent() != null && node.parent().nodeName().equals("pre");
    }
  }
}
