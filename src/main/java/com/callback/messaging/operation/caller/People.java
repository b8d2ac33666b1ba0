package com.callback.messaging.operation.caller;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Tells whose session it is. */
@Component
public class People {

  People() {}

  /**
   * The person.
   *
   * @param found the rows of {@code find-session.sql}
   * @throws com.callback.messaging.platform.http.RequestRefusedException 401 when the session has
   *     ended
   */
  public Person of(List<Map<String, Object>> found) {
    if (found.isEmpty()) {
      throw Credentials.unknown();
    }
    return new Person((UUID) found.get(0).get("id"), (String) found.get(0).get("email"));
  }

  /**
   * Lets people pass, whatever they belong to.
   *
   * @throws com.callback.messaging.platform.http.RequestRefusedException 403 for a key
   */
  public void require(Credential credential) {
    if (credential.kind() == CredentialKind.KEY) {
      throw Callers.notForKeys();
    }
  }
}
