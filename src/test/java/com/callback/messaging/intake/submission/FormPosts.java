package com.callback.messaging.intake.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.MultipartBody;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;

/** Posts forms as browsers and page builders do, to a business of its own. */
abstract class FormPosts {

  @Autowired Service service;
  Business business;

  /** How a form travels. */
  enum Kind {
    URLENCODED,
    MULTIPART
  }

  @BeforeEach
  void set_up() {
    business = service.businessWithoutChannels();
  }

  void submitted(Kind kind, String... fields) {
    var answer = post(kind, "application/json", fields);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
  }

  HttpResponse<String> post(Kind kind, String accept, String... fields) {
    return post("/api/messages", kind, accept, fields);
  }

  HttpResponse<String> post(String path, Kind kind, String accept, String... fields) {
    var all =
        Stream.concat(Stream.of("funnelId", business.funnel().toString()), Stream.of(fields))
            .toList();
    var pairs =
        IntStream.range(0, all.size() / 2)
            .mapToObj(index -> Map.entry(all.get(2 * index), all.get(2 * index + 1)))
            .toList();
    return send(
        path,
        kind,
        accept,
        (kind == Kind.MULTIPART ? MultipartBody.of(pairs) : urlencoded(pairs)).getBytes(UTF_8));
  }

  static String urlencoded(List<Map.Entry<String, String>> fields) {
    return fields.stream()
        .map(
            field ->
                URLEncoder.encode(field.getKey(), UTF_8)
                    + "="
                    + URLEncoder.encode(field.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  HttpResponse<String> send(Kind kind, String accept, byte[] body) {
    return send("/api/messages", kind, accept, body);
  }

  HttpResponse<String> send(String path, Kind kind, String accept, byte[] body) {
    HttpRequest.Builder request =
        service
            .request(
                path,
                kind == Kind.MULTIPART
                    ? "multipart/form-data; boundary=b"
                    : "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofByteArray(body));
    return service.send(accept == null ? request : request.header("Accept", accept));
  }

  JsonNode stored() {
    return service.json(
        service
            .database()
            .sql("select to_jsonb(m) from public.messages m where business_id = ?")
            .param(business.id())
            .query(String.class)
            .single());
  }
}
