package com.callback.messaging.platform.template;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Mustache.Escaper;
import com.samskivert.mustache.Template;
import java.io.StringReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Fills the logic-less Mustache templates of {@code config/templates}. A file named {@code
 * *.html.mustache}, or one below {@code pages/}, escapes for HTML, one named {@code
 * *.json.mustache} for a string of JSON, one named {@code *.form.mustache} for the value of a field
 * of a form; all others are plain text. A part that a template names but nobody gives is empty.
 */
@Component
public class Templates {

  private static final Escaper IN_JSON =
      text -> String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text));

  /** A plus sign is a space in a form, so each space becomes one. */
  private static final Escaper IN_FORM = text -> URLEncoder.encode(text, StandardCharsets.UTF_8);

  private final ConfigFiles files;
  private final Map<Escaped, Template> compiled = new ConcurrentHashMap<>();

  Templates(ConfigFiles files) {
    this.files = files;
  }

  /** A template and how it escapes what it is filled with. */
  private record Escaped(String name, Escaper escaper) {}

  /**
   * The text of a filled template.
   *
   * @param name the path below {@code config/templates} without {@code .mustache}, such as {@code
   *     email/lead.html}
   * @param model what the template's names stand for
   */
  public String fill(String name, Map<String, ?> model) {
    return fill(name, model, escaper(name));
  }

  /**
   * The same with another way to escape what the template's names stand for, except in three
   * braces.
   *
   * @param escaper the same object at each call, since a template is compiled once for each
   */
  public String fill(String name, Map<String, ?> model, Escaper escaper) {
    return compiled.computeIfAbsent(new Escaped(name, escaper), this::compile).execute(model);
  }

  private static Escaper escaper(String name) {
    if (name.startsWith("pages/") || name.endsWith(".html")) {
      return Escapers.HTML;
    }
    if (name.endsWith(".form")) {
      return IN_FORM;
    }
    return name.endsWith(".json") ? IN_JSON : Escapers.NONE;
  }

  private Template compile(Escaped template) {
    var name = template.name();
    var folder = name.substring(0, name.lastIndexOf('/') + 1);
    return Mustache.compiler()
        .withEscaper(template.escaper())
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
