package com.callback.messaging.platform.template;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.StringReader;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Fills the logic-less Mustache templates of {@code config/templates}. A file named {@code
 * *.html.mustache}, or one below {@code pages/}, escapes for HTML; all others are plain text. A
 * part that a template names but nobody gives is empty.
 */
@Component
public class Templates {

  private final ConfigFiles files;
  private final Map<String, Template> compiled = new ConcurrentHashMap<>();

  Templates(ConfigFiles files) {
    this.files = files;
  }

  /**
   * The text of a filled template.
   *
   * @param name the path below {@code config/templates} without {@code .mustache}, such as {@code
   *     email/lead.html}
   * @param model what the template's names stand for
   */
  public String fill(String name, Map<String, ?> model) {
    return compiled.computeIfAbsent(name, this::compile).execute(model);
  }

  private Template compile(String name) {
    var folder = name.substring(0, name.lastIndexOf('/') + 1);
    var isHtml = name.startsWith("pages/") || name.endsWith(".html");
    return Mustache.compiler()
        .escapeHTML(isHtml)
        .defaultValue("")
        .emptyStringIsFalse(true)
        .zeroIsFalse(true)
        .withLoader(partial -> new StringReader(source(folder + partial)))
        .compile(source(name));
  }

  private String source(String name) {
    return files.text("templates/" + name + ".mustache");
  }
}
