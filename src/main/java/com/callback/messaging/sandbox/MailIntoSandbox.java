package com.callback.messaging.sandbox;

import com.callback.messaging.platform.startup.MailCatcher;
import org.apache.camel.ProducerTemplate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Lets the mail catcher keep what it catches; a mail is acknowledged to its sender only after that.
 */
@Component
class MailIntoSandbox {

  MailIntoSandbox(ObjectProvider<MailCatcher> catcher, CaughtMail mails, ProducerTemplate routes) {
    catcher.ifAvailable(
        found ->
            found.deliverTo(
                (from, recipients, raw) ->
                    routes.requestBody("direct:store-in-sandbox", mails.of(recipients, raw))));
  }
}
