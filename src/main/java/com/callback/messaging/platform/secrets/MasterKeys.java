package com.callback.messaging.platform.secrets;

import java.util.List;

/**
 * The key in use, and those that were in use before.
 *
 * @param all the one in use first
 */
record MasterKeys(List<MasterKey> all) {

  MasterKey current() {
    return all.get(0);
  }
}
