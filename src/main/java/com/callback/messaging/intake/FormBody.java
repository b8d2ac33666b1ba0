package com.callback.messaging.intake;

import com.callback.messaging.contract.Contract;
import com.callback.messaging.http.BodyLimit;
import com.callback.messaging.http.Problem;
import com.callback.messaging.http.RequestRefusedException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.UploadContext;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * Reads a form from the servlet request itself: what Camel makes of one is half decoded. Fields
 * that the contract does not know are a page builder's own and are kept in {@code metadata.form}.
 */
@Component
class FormBody {

  /** Bytes of what stands before a part: file names can be long. */
  private static final int LONGEST_HEAD = 8_192;

  private final Set<String> known;

  /**
   * A form, taken apart.
   *
   * @param message in the shape of the contract
   * @param marks what was meant for the service, not for the business, by field
   */
  record Form(ObjectNode message, Map<String, String> marks) {}

  FormBody(Contract contract) {
    known = contract.textFieldsOf("NewMessageForm");
  }

  /**
   * The form in the shape of the contract. Blank fields are as good as absent; the first of
   * repeated ones counts.
   */
  Form read(HttpServletRequest request) {
    var fields = isUrlencoded(request) ? urlencoded(request) : multipart(request);
    var message = JsonNodeFactory.instance.objectNode();
    var others = JsonNodeFactory.instance.objectNode();
    var marks = new LinkedHashMap<String, String>();
    fields.forEach(
        (name, values) -> {
          if (isMark(name)) {
            values.stream()
                .filter(v -> !v.isBlank())
                .findFirst()
                .ifPresent(v -> marks.put(name, v));
          } else {
            place(name, values, message, others);
          }
        });
    if (!others.isEmpty()) {
      message.putObject("metadata").set("form", others);
    }
    return new Form(message, marks);
  }

  /** A leading underscore marks what is meant for the service, not for the business. */
  private static boolean isMark(String name) {
    return name.startsWith("_")
        || name.equals(Provenance.TRAP)
        || Provenance.CAPTCHA.contains(name);
  }

  private void place(String name, List<String> values, ObjectNode message, ObjectNode others) {
    var given = values.stream().filter(value -> Text.line(value) != null).toList();
    if (given.isEmpty()) {
      return;
    }
    if (known.contains(name)) {
      // Browsers count a new line as one character and send two.
      message.put(name, given.get(0).replace("\r\n", "\n"));
    } else if (given.size() == 1) {
      others.put(name, given.get(0));
    } else {
      given.forEach(others.putArray(name)::add);
    }
  }

  private static boolean isUrlencoded(HttpServletRequest request) {
    return request
        .getContentType()
        .toLowerCase(Locale.ROOT)
        .startsWith("application/x-www-form-urlencoded");
  }

  private static MultiValueMap<String, String> urlencoded(HttpServletRequest request) {
    var fields = new LinkedMultiValueMap<String, String>();
    // One character per byte, so that bytes stay bytes until the percent signs are gone.
    var body = new String(BodyLimit.bodyOf(request), StandardCharsets.ISO_8859_1);
    Stream.of(body.split("&"))
        .filter(pair -> !pair.isEmpty())
        .map(pair -> pair.split("=", 2))
        .forEach(pair -> fields.add(decoded(pair[0]), pair.length == 1 ? "" : decoded(pair[1])));
    return fields;
  }

  private static String decoded(String text) {
    try {
      return utf8(
          URLDecoder.decode(text, StandardCharsets.ISO_8859_1)
              .getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw unreadable("The form has a % that is not followed by two hexadecimal digits.");
    }
  }

  private static MultiValueMap<String, String> multipart(HttpServletRequest request) {
    var fields = new LinkedMultiValueMap<String, String>();
    try {
      var upload = new FileUpload();
      upload.setHeaderEncoding(StandardCharsets.UTF_8.name());
      upload.setPartHeaderSizeMax(LONGEST_HEAD);
      var parts = upload.getItemIterator(new Body(request));
      while (parts.hasNext()) {
        var part = parts.next();
        if (part.getFieldName() == null) {
          throw unreadable("A part of the form has no name.");
        }
        // Of a file its name is kept; what it holds was left out as it came.
        fields.add(
            part.getFieldName(),
            part.isFormField() ? utf8(part.openStream().readAllBytes()) : part.getName());
      }
    } catch (IOException e) {
      throw unreadable("The body is not multipart/form-data as its Content-Type announces.");
    }
    return fields;
  }

  /** The body as it was read, in the shape that its parser asks for. */
  private record Body(HttpServletRequest request) implements UploadContext {

    @Override
    public long contentLength() {
      return BodyLimit.bodyOf(request).length;
    }

    @Override
    public String getCharacterEncoding() {
      return StandardCharsets.UTF_8.name();
    }

    @Override
    public String getContentType() {
      return request.getContentType();
    }

    @Override
    public InputStream getInputStream() {
      return new ByteArrayInputStream(BodyLimit.bodyOf(request));
    }
  }

  private static String utf8(byte[] text) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    } catch (CharacterCodingException e) {
      throw unreadable("The form is not in UTF-8: send it from a page, or with a form, that is.");
    }
  }

  private static RequestRefusedException unreadable(String detail) {
    return new RequestRefusedException(
        Problem.of(400, "unreadable-body", "The form cannot be read", detail));
  }
}
