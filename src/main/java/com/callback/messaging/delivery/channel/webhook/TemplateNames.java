package com.callback.messaging.delivery.channel.webhook;

import com.samskivert.mustache.Mustache;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Collects the names in a payload template that stand for nothing. */
final class TemplateNames implements Mustache.Visitor {

  private static final Set<String> TOP = Set.of("id", "type", "timestamp", "data", ".", "this");
  private static final String DATA = "data.";

  /** Of which anything may be a part: forms of a business name their own fields. */
  private static final Pattern METADATA = Pattern.compile("(?:data\\.)?metadata\\.[^.].*");

  private final Set<String> fields;
  private final Set<String> unknown = new TreeSet<>();
  private boolean isWithinData;
  private boolean isWithinMetadata;

  /**
   * Knows these.
   *
   * @param fields names of fields of {@code data}
   */
  TemplateNames(Set<String> fields) {
    this.fields = fields;
  }

  Set<String> unknown() {
    return unknown;
  }

  @Override
  public void visitText(String text) {}

  @Override
  public void visitVariable(String name) {
    if (!isKnown(name)) {
      unknown.add(name);
    }
  }

  @Override
  public boolean visitInclude(String name) {
    unknown.add("> " + name);
    return false;
  }

  @Override
  public boolean visitParent(String name) {
    unknown.add("< " + name);
    return false;
  }

  @Override
  public boolean visitBlock(String name) {
    unknown.add("$ " + name);
    return false;
  }

  @Override
  public boolean visitSection(String name) {
    visitVariable(name);
    isWithinData |= name.equals("data");
    isWithinMetadata |= name.equals(DATA + "metadata") || isWithinData && name.equals("metadata");
    return true;
  }

  @Override
  public boolean visitInvertedSection(String name) {
    visitVariable(name);
    return true;
  }

  private boolean isKnown(String name) {
    return TOP.contains(name)
        || name.startsWith(DATA) && fields.contains(name.substring(DATA.length()))
        || isWithinData && fields.contains(name)
        || fields.contains("metadata") && (isWithinMetadata || METADATA.matcher(name).matches());
  }
}
