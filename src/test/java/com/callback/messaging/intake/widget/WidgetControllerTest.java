package com.callback.messaging.intake.widget;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The form's script, as pages of others load it. */
@ServiceTest
class WidgetControllerTest {

  private static final Path BUILT = Path.of("target/classes/static/widget.js");
  private static final int MOST_BYTES = 10_000;

  @Autowired Service service;

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void any_page_may_load_it_and_looks_for_a_new_one_soon() {
    var answer = get("Accept", "*/*");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).isEqualTo("text/javascript;charset=UTF-8");
    assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(answer, "Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
    assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(header(answer, "Cache-Control"))
        .isEqualTo("max-age=300, public, stale-while-revalidate=3600");
  }

  @Test
  void it_travels_packed_in_less_than_ten_kilobytes() throws IOException {
    var built = Files.readAllBytes(BUILT);
    var packed = get("Accept-Encoding", "br, gzip");
    assertThat(header(packed, "Content-Encoding")).isEqualTo("gzip");
    assertThat(packed.headers().allValues("Vary")).contains("Accept-Encoding");
    assertThat(packed.body()).hasSizeLessThan(MOST_BYTES);
    try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
      assertThat(unpacked.readAllBytes()).isEqualTo(built);
    }

    var plain = get("Accept-Encoding", "identity");
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(plain.body()).isEqualTo(built);
  }

  @Test
  void who_has_it_already_is_told_so() {
    var tag = header(get("Accept-Encoding", "gzip"), "ETag");
    assertThat(tag).isEqualTo(header(get("Accept-Encoding", "identity"), "ETag"));

    var again = get("If-None-Match", tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(get("If-None-Match", "W/\"another\"").statusCode()).isEqualTo(200);
  }

  private HttpResponse<byte[]> get(String header, String value) {
    var request = HttpRequest.newBuilder(service.at("/widget.js")).header(header, value).build();
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String header(HttpResponse<byte[]> answer, String name) {
    return answer.headers().firstValue(name).orElseThrow();
  }
}
