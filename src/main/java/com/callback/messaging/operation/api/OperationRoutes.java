package com.callback.messaging.operation.api;

import com.callback.messaging.operation.contract.OperationSpec;
import com.callback.messaging.operation.contract.Operations;
import com.callback.messaging.platform.startup.StartFailure;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.ResourceLoader;
import org.springframework.stereotype.Component;

/**
 * The route that runs an operation: the one that is named like it, or else the one that runs its
 * statement.
 */
@Component
public class OperationRoutes {

  private static final String STATEMENT = "run-statement";

  private final Operations operations;
  private final ResourceLoader files;
  private final String folder;
  private final Map<String, String> routes = new ConcurrentHashMap<>();

  OperationRoutes(
      Operations operations,
      ResourceLoader files,
      @Value("${messaging.routes}/sql/api/") String folder) {
    this.operations = operations;
    this.files = files;
    this.folder = folder;
  }

  /** The name of the route that runs the operation. */
  public String of(String operation) {
    return routes.get(operation);
  }

  /**
   * Finds the route of each operation.
   *
   * @param inputs where routes begin
   * @throws StartFailure for an operation that has neither a route nor a statement
   */
  void find(Set<String> inputs) {
    for (var operation : operations.routed()) {
      var hasRoute = inputs.contains("direct:" + operation.route());
      if (!hasRoute && !(operation.ofBusiness() && hasStatement(operation))) {
        throw new StartFailure(
            "Nothing runs the operation %s of the contract: add a route direct:%s, or the statement sql/api/%s.sql, to the folder of MESSAGING_ROUTES."
                .formatted(operation.id(), operation.route(), operation.statement()));
      }
      routes.put(operation.id(), hasRoute ? operation.route() : STATEMENT);
    }
  }

  private boolean hasStatement(OperationSpec operation) {
    return files.getResource(folder + operation.statement() + ".sql").exists();
  }
}
