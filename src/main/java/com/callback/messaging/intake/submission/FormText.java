package com.callback.messaging.intake.submission;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the bytes of a form as text: by the charset that the form names, else as UTF-8, else as
 * Windows-1252, which is what pages without UTF-8 are in.
 */
final class FormText {

  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final Pattern NAMED =
      Pattern.compile("(?i).*;\\s*charset\\s*=\\s*\"?([^\";\\s]+).*", Pattern.DOTALL);

  private final Charset declared;

  private FormText(Charset declared) {
    this.declared = declared;
  }

  /** As a form wants to be read that has this Content-Type and these fields. */
  static FormText of(String contentType, List<FormField> fields) {
    return new FormText(
        fields.stream()
            .filter(field -> latin(field.name()).equals("_charset_"))
            .map(field -> charset(latin(field.value()).strip()))
            .filter(Objects::nonNull)
            .findFirst()
            .orElseGet(() -> charsetIn(contentType)));
  }

  String name(FormField field) {
    return read(field.name(), null);
  }

  String value(FormField field) {
    return read(field.value(), field.isFile() ? null : charsetIn(field.type()));
  }

  private String read(byte[] bytes, Charset ofItsOwn) {
    return Stream.of(ofItsOwn, declared, StandardCharsets.UTF_8)
        .map(charset -> strictly(charset, bytes))
        .filter(Objects::nonNull)
        .findFirst()
        .orElseGet(() -> new String(bytes, WINDOWS_1252));
  }

  private static String strictly(Charset charset, byte[] bytes) {
    try {
      return charset == null
          ? null
          : charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static Charset charsetIn(String contentType) {
    var named = NAMED.matcher(String.valueOf(contentType));
    return named.matches() ? charset(named.group(1)) : null;
  }

  /** By its name; null for none that a form can be in, whose signs are those of ASCII. */
  private static Charset charset(String name) {
    try {
      var charset = Charset.forName(name);
      if (charset.equals(StandardCharsets.ISO_8859_1)) {
        // So does every browser.
        return WINDOWS_1252;
      }
      return charset.name().toUpperCase(Locale.ROOT).matches("UTF-(16|32).*") ? null : charset;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
