package com.callback.messaging.intake.submission;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.UploadContext;

/**
 * Takes a form of type multipart/form-data apart. Of a file its name is kept; what it holds was
 * left out as it came.
 */
final class MultipartForm {

  /** Bytes of what stands before a part: file names can be long. */
  private static final int LONGEST_HEAD = 8_192;

  private MultipartForm() {}

  /** Its fields, in their order. */
  static List<FormField> read(String contentType, byte[] body) throws IOException {
    var fields = new ArrayList<FormField>();
    var upload = new FileUpload();
    // One character per byte, so that bytes stay bytes until it is known how to read them.
    upload.setHeaderEncoding(ISO_8859_1.name());
    upload.setPartHeaderSizeMax(LONGEST_HEAD);
    var parts = upload.getItemIterator(new Body(contentType, body));
    while (parts.hasNext()) {
      var part = parts.next();
      if (part.getFieldName() == null) {
        throw new IOException("A part has no name");
      }
      if (!isFileThatNobodyChose(part)) {
        fields.add(field(part));
      }
    }
    return fields;
  }

  private static FormField field(FileItemStream part) throws IOException {
    var name = part.getFieldName().getBytes(ISO_8859_1);
    return part.isFormField()
        ? FormField.of(name, part.openStream().readAllBytes(), part.getContentType())
        : new FormField(name, part.getName().getBytes(ISO_8859_1), null, false, true);
  }

  /** It comes along all the same, without a name. */
  private static boolean isFileThatNobodyChose(FileItemStream part) {
    return !part.isFormField() && (part.getName() == null || part.getName().isEmpty());
  }

  private record Body(String type, byte[] bytes) implements UploadContext {

    @Override
    public long contentLength() {
      return bytes.length;
    }

    @Override
    public String getCharacterEncoding() {
      return ISO_8859_1.name();
    }

    @Override
    public String getContentType() {
      return type;
    }

    @Override
    public InputStream getInputStream() {
      return new ByteArrayInputStream(bytes);
    }
  }
}
