package com.callback.messaging.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;

/** The ways in which a lead comes over HTTP. */
enum Transport {
  JSON,
  URLENCODED,
  MULTIPART;

  private static final String BOUNDARY = "----a-boundary-that-nobody-types";

  boolean isForm() {
    return this != JSON;
  }

  HttpRequest.Builder request(Service service, Business business, Lead lead) {
    var request =
        switch (this) {
          case JSON -> post(service, "application/json", json(business, lead));
          case URLENCODED ->
              post(
                  service,
                  "application/x-www-form-urlencoded",
                  urlencoded(formFields(business, lead)));
          case MULTIPART ->
              post(
                  service,
                  "multipart/form-data; boundary=" + BOUNDARY,
                  multipart(formFields(business, lead)));
        };
    return request.header("Accept", "application/json");
  }

  private static HttpRequest.Builder post(Service service, String contentType, String body) {
    return service.request("/api/messages", contentType).POST(BodyPublishers.ofString(body, UTF_8));
  }

  private static String json(Business business, Lead lead) {
    return lead.fields().deepCopy().put("funnelId", business.funnel().toString()).toString();
  }

  private static Map<String, String> formFields(Business business, Lead lead) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("funnelId", business.funnel().toString());
    lead.fields().properties().stream()
        .filter(field -> field.getValue().isTextual())
        .forEach(field -> fields.put(field.getKey(), asBrowsersSend(lead.text(field.getKey()))));
    fields.putAll(lead.furtherFields());
    return fields;
  }

  private static String asBrowsersSend(String text) {
    return text.replaceAll("\r\n|\r|\n", "\r\n");
  }

  private static String urlencoded(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static String multipart(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(
            field ->
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                    .formatted(BOUNDARY, field.getKey().replace("\"", "%22"), field.getValue()))
        .collect(joining("", "", "--" + BOUNDARY + "--\r\n"));
  }
}
