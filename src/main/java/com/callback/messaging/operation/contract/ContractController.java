package com.callback.messaging.operation.contract;

import com.callback.messaging.platform.secrets.Sha256;
import com.callback.messaging.platform.template.ConfigFiles;
import com.callback.messaging.platform.template.Templates;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Publishes the contract, for tools and for people. Not routes, since nothing is done: the answers
 * are known at the start, and who has them is told so by their ETag.
 */
@RestController
class ContractController {

  private static final MediaType YAML = MediaType.parseMediaType("application/yaml;charset=UTF-8");

  /** Where the contract names its own server, which stands there as the root of wherever it is. */
  private static final String ROOT = "\nservers:\n  - url: /\n";

  private final String yaml;
  private final String json;
  private final String page;

  ContractController(
      Contract contract,
      ConfigFiles files,
      Templates templates,
      @Value("${messaging.public-url}") String publicUrl) {
    // Who imports it elsewhere has to learn where to call.
    this.yaml =
        files.text("openapi.yaml").replace(ROOT, "\nservers:\n  - url: " + publicUrl + "\n");
    ObjectNode document = contract.document().deepCopy();
    document.putArray("servers").addObject().put("url", publicUrl);
    this.json = document.toString();
    this.page = templates.fill("pages/docs", Map.of("lang", "en"));
  }

  @GetMapping("/openapi.yaml")
  ResponseEntity<byte[]> yaml() {
    return answer(yaml, YAML);
  }

  @GetMapping("/openapi.json")
  ResponseEntity<byte[]> json() {
    return answer(json, MediaType.APPLICATION_JSON);
  }

  @GetMapping("/docs")
  ResponseEntity<byte[]> docs() {
    return answer(page, new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8));
  }

  private static ResponseEntity<byte[]> answer(String text, MediaType type) {
    return ResponseEntity.ok()
        .contentType(type)
        .eTag(Sha256.hex(text).substring(0, 32))
        .cacheControl(CacheControl.noCache())
        .body(text.getBytes(StandardCharsets.UTF_8));
  }
}
