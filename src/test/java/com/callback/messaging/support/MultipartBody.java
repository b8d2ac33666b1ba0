package com.callback.messaging.support;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A form as a browser sends it as {@code multipart/form-data; boundary=b}. */
public final class MultipartBody {

  private MultipartBody() {}

  /** The body with these fields, in this order. */
  public static String of(List<Map.Entry<String, String>> fields) {
    return fields.stream()
            .map(
                field ->
                    "--b\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                        .formatted(field.getKey(), field.getValue()))
            .collect(Collectors.joining())
        + "--b--\r\n";
  }
}
