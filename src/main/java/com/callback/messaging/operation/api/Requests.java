package com.callback.messaging.operation.api;

import com.callback.messaging.operation.contract.JsonBody;
import com.callback.messaging.operation.contract.Operations;
import com.callback.messaging.platform.http.BodyLimit;
import com.callback.messaging.platform.http.Query;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/** Reads the input of an operation, from the request itself and nowhere else. */
@Component
public class Requests {

  /** What a body that may be left out says then. */
  private static final byte[] NOTHING = {'{', '}'};

  private final Operations operations;
  private final JsonBody bodies;

  Requests(Operations operations, JsonBody bodies) {
    this.operations = operations;
    this.bodies = bodies;
  }

  /**
   * The input of an operation.
   *
   * @param operation its operationId in the contract
   * @throws com.callback.messaging.platform.http.RequestRefusedException with everything that is
   *     wrong
   */
  public OperationRequest read(String operation, HttpServletRequest request) {
    var values =
        operations.parameters(operation, path(request), Query.of(request), request::getHeader);
    String body = null;
    if (operations.hasBody(operation)) {
      var bytes = BodyLimit.bodyOf(request);
      var isLeftOut = bytes.length == 0 && !operations.requiresBody(operation);
      var json = bodies.read(isLeftOut ? NOTHING : bytes);
      operations.requireBody(operation, json);
      body = json.toString();
    }
    return new OperationRequest(operation, values, body);
  }

  private static String path(HttpServletRequest request) {
    return UriUtils.decode(request.getRequestURI(), "UTF-8");
  }
}
