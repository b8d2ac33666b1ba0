package com.callback.messaging.delivery.channel.push;

import com.callback.messaging.platform.secrets.SecretBox;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The key pair by which push services know this installation (VAPID, RFC 8292). It is made when it
 * is first needed, and kept in the database, the private part sealed: all instances have the same.
 * Browsers bind their subscriptions to it, so it never changes.
 */
@Component
public class PushKey {

  /** What the private part belongs to where it is sealed. */
  private static final String BELONGS_TO = "push messages";

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final JdbcClient database;
  private final SecretBox box;
  private volatile Pair pair;

  /**
   * @param publicKey the point, 65 bytes, in base64url
   */
  record Pair(String publicKey, ECPrivateKey privateKey) {}

  PushKey(@Qualifier("worker") DataSource worker, SecretBox box) {
    this.database = JdbcClient.create(worker);
    this.box = box;
  }

  /** What a browser is given to subscribe: base64url of the uncompressed point. */
  public String publicKey() {
    return pair().publicKey();
  }

  /** The private part sealed with the key in use. */
  public String sealedAnew(String sealed) {
    return box.seal(box.open(sealed, BELONGS_TO), BELONGS_TO);
  }

  Pair pair() {
    if (pair == null) {
      pair = stored().orElseGet(this::made);
    }
    return pair;
  }

  /** Of several instances that make one at the same time the first one's stays. */
  private Pair made() {
    var fresh = P256.newPair();
    database
        .sql(
            "insert into messaging.push_keys (public_key, private_key) values (:public, :private) on conflict do nothing")
        .param("public", BASE64.encodeToString(P256.encoded((ECPublicKey) fresh.getPublic())))
        .param(
            "private",
            box.seal(
                BASE64.encodeToString(P256.encoded((ECPrivateKey) fresh.getPrivate())), BELONGS_TO))
        .update();
    return stored().orElseThrow();
  }

  private Optional<Pair> stored() {
    return database
        .sql("select public_key, private_key from messaging.push_keys")
        .query(
            (row, number) ->
                new Pair(
                    row.getString(1),
                    P256.privateKey(
                        Base64.getUrlDecoder().decode(box.open(row.getString(2), BELONGS_TO)))))
        .optional();
  }
}
