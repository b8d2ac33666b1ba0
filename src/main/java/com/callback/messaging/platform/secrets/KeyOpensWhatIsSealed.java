package com.callback.messaging.platform.secrets;

import com.callback.messaging.platform.startup.StartFailure;
import javax.sql.DataSource;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Refuses the start with keys that open nothing of what is sealed in the database. */
@Component
@DependsOnDatabaseInitialization
class KeyOpensWhatIsSealed implements InitializingBean {

  private final SealingKey keys;
  private final JdbcClient database;

  KeyOpensWhatIsSealed(SealingKey keys, @Qualifier("worker") DataSource worker) {
    this.keys = keys;
    this.database = JdbcClient.create(worker);
  }

  @Override
  public void afterPropertiesSet() {
    var sealedWith =
        database
            .sql(
                """
                select distinct split_part(sealed, ':', 3) from (
                  select secret as sealed from messaging.webhook_secrets
                  union all
                  select secret from messaging.channel_secrets
                  union all
                  select device from messaging.push_devices
                  union all
                  select private_key from messaging.push_keys
                  union all
                  select authentication ->> 'clientSecret' from messaging.webhook_subscriptions
                  union all
                  select h.value from messaging.webhook_subscriptions s, jsonb_each_text(s.headers) h
                ) s
                where starts_with(sealed, 'enc:v1:')
                """)
            .query(String.class)
            .list();
    if (!sealedWith.isEmpty() && sealedWith.stream().noneMatch(keys.ids()::contains)) {
      throw new StartFailure(
          "MESSAGING_SECRETS_KEY opens nothing that is sealed in this database: set the key that was used here, or put it into MESSAGING_SECRETS_PREVIOUS_KEYS.");
    }
  }
}
