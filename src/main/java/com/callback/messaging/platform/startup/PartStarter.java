package com.callback.messaging.platform.startup;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Starts embedded parts for one application context and hands them to it. */
final class PartStarter {
  private final ConfigurableApplicationContext context;
  private final ConfigurableEnvironment environment;
  private final ServerPort port;
  private final Map<String, Object> settings = new LinkedHashMap<>();
  private final Deque<Runnable> started = new ArrayDeque<>();

  PartStarter(ConfigurableApplicationContext context, ServerPort port) {
    this.context = context;
    this.environment = context.getEnvironment();
    this.port = port;
  }

  void start(List<Part> embedded) {
    for (Part part : Part.values()) {
      settings.put(part.flag(), embedded.contains(part));
    }
    try {
      embedded.forEach(this::start);
    } catch (RuntimeException | Error e) {
      closeAll();
      throw e;
    }
    if (port.number() > 0) {
      settings.put("server.port", port.number());
    }
    environment.getPropertySources().addFirst(new MapPropertySource("embedded", settings));
    context.addApplicationListener(new CloseOnFailure());
  }

  private void start(Part part) {
    switch (part) {
      case DATABASE -> startDatabase();
      case BROKER -> configureBroker();
      case MAIL -> startMail();
      case SMS -> configureSms();
    }
  }

  private void startDatabase() {
    EmbeddedDatabase database =
        EmbeddedDatabase.start(Path.of(environment.getProperty("messaging.data-dir", "data")));
    register("embeddedDatabase", database, database::close);
    settings.put("spring.datasource.url", database.url());
    settings.put("spring.datasource.username", EmbeddedDatabase.USER);
    settings.put("spring.datasource.password", "");
  }

  /** The transport creates the broker itself when it is first asked for it. */
  private void configureBroker() {
    String name = environment.getProperty("messaging.broker-name", "messaging");
    settings.put(
        "spring.activemq.broker-url",
        // The broker's own hook would stop it while the web server still answers.
        "vm://"
            + name
            + "?broker.persistent=false&broker.useShutdownHook=false&broker.useJmx=false");
  }

  private void startMail() {
    MailCatcher catcher = MailCatcher.start();
    register("mailCatcher", catcher, catcher::close);
    settings.put("spring.mail.host", "127.0.0.1");
    settings.put("spring.mail.port", catcher.port());
  }

  private void configureSms() {
    String path = environment.getProperty("server.servlet.context-path", "");
    settings.put("channels.sms.url", port.localUrl() + path + "/sandbox/sms");
  }

  /** Beans of the context come later and are therefore closed before. */
  private void register(String name, Object part, Runnable close) {
    started.push(close);
    DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
    beans.registerSingleton(name, part);
    beans.registerDisposableBean(name, close::run);
  }

  private void closeAll() {
    started.forEach(Runnable::run);
    started.clear();
  }

  /** A context that fails before its refresh never closes its beans. */
  private final class CloseOnFailure implements ApplicationListener<ApplicationFailedEvent> {
    @Override
    public void onApplicationEvent(ApplicationFailedEvent failed) {
      if (!context.isActive()) {
        closeAll();
      }
    }
  }
}
