package com.callback.messaging.platform.secrets;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Which of this instance's keys seals and signs: the one in use as soon as every live instance can
 * open it, and until then the newest that all can. So a key is changed without an instance meeting
 * what it cannot open.
 */
@Component
public class SealingKey {

  private final MasterKeys masters;
  private volatile MasterKey key;

  SealingKey(MasterKeys masters) {
    this.masters = masters;
    // Before the first look nobody knows what the others can open: what was in use before is safe.
    this.key = masters.all().size() > 1 ? masters.all().get(1) : masters.current();
  }

  /** The keys that this instance can open with, as eight hexadecimal digits each. */
  public List<String> ids() {
    return masters.all().stream().map(MasterKey::id).toList();
  }

  /**
   * The other live instances have been looked at.
   *
   * @param others the key ids of each
   */
  public void othersOpen(Collection<Set<String>> others) {
    key =
        masters.all().stream()
            .filter(each -> others.stream().allMatch(ids -> ids.contains(each.id())))
            .findFirst()
            .orElse(masters.current());
  }

  MasterKey key() {
    return key;
  }
}
