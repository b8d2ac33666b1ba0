package com.callback.messaging.intake.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.RawHttp;
import com.callback.messaging.support.RawHttp.Answer;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Whatever is sent, a caller is told what to correct: never a bug, never anything internal, never
 * what its own headers held ({@link RawHttp} looks at each answer). Nothing refused is stored.
 */
abstract class BadInput {

  static final String JSON = "Content-Type: application/json\r\n";
  static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
  static final String MULTIPART = "Content-Type: multipart/form-data; boundary=b\r\n";
  static final String FOR_MACHINES = "Accept: application/json\r\n";
  static final String PROBLEM = "application/problem+json";

  @Autowired Service service;
  Business business;
  RawHttp http;
  int accepted;

  @BeforeEach
  void set_up() {
    business = service.businessWithoutChannels();
    http = new RawHttp(service);
  }

  @AfterEach
  void nothing_refused_is_stored() {
    assertThat(rowsOf("public.messages")).isEqualTo(accepted);
    // That it came in, and that there is no channel to tell anybody.
    assertThat(rowsOf("messaging.message_events")).isEqualTo(2 * accepted);
    assertThat(rowsOf("messaging.deliveries")).isZero();
  }

  Answer post(String json) {
    return post(JSON, json.getBytes(UTF_8));
  }

  Answer post(String headers, byte[] body) {
    return http.send("POST", "/api/messages", headers, body);
  }

  void accepted(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    accepted++;
  }

  void refused(Answer answer, int status) {
    assertThat(answer.status()).as(answer.all()).isEqualTo(status);
    assertThat(answer.type()).isEqualTo(PROBLEM);
    var problem = service.json(answer.body());
    assertThat(PublishedContract.errors(PublishedContract.schema("Problem"), problem)).isEmpty();
    assertThat(problem.get("status").asInt()).isEqualTo(status);
  }

  List<String> fieldsOf(Answer answer) {
    refused(answer, 400);
    return StreamSupport.stream(service.json(answer.body()).get("errors").spliterator(), false)
        .map(error -> error.get("field").asText())
        .toList();
  }

  String lead() {
    return leadWith("\"subject\": \"Solar\"");
  }

  /** A lead that is fine but for the given member, which comes instead of the usual one. */
  String leadWith(String member) {
    var name = member.substring(1, member.indexOf('"', 1));
    var usual = new LinkedHashMap<String, String>();
    usual.put("funnelId", business.funnel().toString());
    usual.put("contactName", "Ada");
    usual.put("contactPhone", "0412 345 678");
    usual.remove(name);
    var rest = new StringBuilder();
    usual.forEach((key, value) -> rest.append(", \"%s\": \"%s\"".formatted(key, value)));
    return "{" + member + rest + "}";
  }

  String form() {
    return "funnelId=" + business.funnel() + "&contactName=Ada&contactPhone=0412+345+678";
  }

  byte[] multipart(Charset charset, String... fields) {
    var body = new ByteArrayOutputStream();
    part(body, charset, "funnelId", business.funnel().toString());
    part(body, charset, "contactName", "Ada");
    part(body, charset, "contactPhone", "0412 345 678");
    for (int i = 0; i < fields.length; i += 2) {
      part(body, charset, fields[i], fields[i + 1]);
    }
    body.writeBytes("--b--\r\n".getBytes(UTF_8));
    return body.toByteArray();
  }

  static void part(ByteArrayOutputStream body, Charset charset, String name, String value) {
    body.writeBytes(
        "--b\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
            .formatted(name, value)
            .getBytes(charset));
  }

  long rowsOf(String table) {
    return service
        .database()
        .sql("select count(*) from " + table + " where business_id = ?")
        .param(business.id())
        .query(Long.class)
        .single();
  }

  String value(String expression) {
    return service
        .database()
        .sql("select " + expression + " from public.messages where business_id = ?")
        .param(business.id())
        .query(String.class)
        .single();
  }
}
