package com.callback.messaging.delivery.engine;

/**
 * A send that this instance's settings do not allow: an outbound rule, or a secrets key that is
 * missing. The message names the setting. The delivery is tried again until the settings allow it,
 * for another instance may have others, and an operator's mistake must not cost a lead.
 */
public class RefusedBySettingsException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  public RefusedBySettingsException(String reason) {
    super(reason);
  }
}
