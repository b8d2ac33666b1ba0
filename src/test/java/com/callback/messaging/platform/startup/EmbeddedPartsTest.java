package com.callback.messaging.platform.startup;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

class EmbeddedPartsTest {
  private static final String NO_ADDRESSES =
      "--spring.datasource.url= --spring.activemq.broker-url= --spring.mail.host= --channels.sms.url=";

  @TempDir Path data;

  @Test
  void everything_without_an_address_runs_inside_and_looks_configured() throws Exception {
    try (ConfigurableApplicationContext context = start(WebApplicationType.SERVLET)) {
      Environment settings = context.getEnvironment();
      int port = ((WebServerApplicationContext) context).getWebServer().getPort();
      assertThat(settings.getProperty("server.port", Integer.class)).isEqualTo(port);
      assertThat(settings.getProperty("channels.sms.url"))
          .isEqualTo("http://127.0.0.1:" + port + "/sandbox/sms");
      assertThat(settings.getProperty("spring.activemq.broker-url"))
          .isEqualTo(
              "vm://messaging?broker.persistent=false&broker.useShutdownHook=false&broker.useJmx=false");
      for (String part : List.of("database", "broker", "mail", "sms")) {
        assertThat(settings.getProperty("messaging.embedded." + part)).isEqualTo("true");
      }
      assertThat(databaseAnswers(settings)).isTrue();
      assertThat(mailArrives(context)).isTrue();
    }
  }

  @Test
  void the_database_outlives_everything_that_uses_it() {
    ConfigurableApplicationContext context = start(WebApplicationType.NONE);
    LastStatement bean = context.getBean(LastStatement.class);
    context.close();
    assertThat(bean.databaseAnswered).isTrue();
    assertThat(LeftoverServer.find(data.resolve("pg"))).isEmpty();
    DataFolder.claim(data).close();
  }

  @Test
  void what_has_an_address_is_left_alone() {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(data);
        ConfigurableApplicationContext context =
            run(
                WebApplicationType.NONE,
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=postgres",
                "--spring.activemq.broker-url=failover:(tcp://a:1,tcp://b:2)?startupMaxReconnectAttempts=0&maxReconnectAttempts=0",
                "--spring.mail.host=mail.example.com",
                "--channels.sms.url=http://sms.example.com")) {
      Environment settings = context.getEnvironment();
      assertThat(settings.getProperty("spring.datasource.url")).isEqualTo(database.url());
      assertThat(settings.getProperty("spring.mail.host")).isEqualTo("mail.example.com");
      assertThat(settings.getProperty("channels.sms.url")).isEqualTo("http://sms.example.com");
      for (String part : List.of("database", "broker", "mail", "sms")) {
        assertThat(settings.getProperty("messaging.embedded." + part)).isEqualTo("false");
      }
      assertThat(context.getBeanProvider(MailCatcher.class).getIfAvailable()).isNull();
    }
  }

  private ConfigurableApplicationContext start(WebApplicationType web) {
    return run(web, NO_ADDRESSES.split(" "));
  }

  private ConfigurableApplicationContext run(WebApplicationType web, String... addresses) {
    List<String> arguments = new ArrayList<>(List.of(addresses));
    arguments.add("--messaging.data-dir=" + data);
    arguments.add("--server.port=0");
    Class<?> configuration = web == WebApplicationType.NONE ? Tiny.class : TinyWeb.class;
    return new SpringApplicationBuilder(configuration)
        .web(web)
        .run(arguments.toArray(String[]::new));
  }

  private static boolean databaseAnswers(Environment settings) throws Exception {
    try (Connection connection =
        DriverManager.getConnection(
            settings.getProperty("spring.datasource.url"),
            settings.getProperty("spring.datasource.username"),
            settings.getProperty("spring.datasource.password"))) {
      return connection.isValid(1);
    }
  }

  private static boolean mailArrives(ConfigurableApplicationContext context) throws Exception {
    List<String> recipients = new ArrayList<>();
    context.getBean(MailCatcher.class).deliverTo((from, to, raw) -> recipients.addAll(to));
    Properties properties = new Properties();
    properties.put("mail.smtp.host", context.getEnvironment().getProperty("spring.mail.host"));
    properties.put("mail.smtp.port", context.getEnvironment().getProperty("spring.mail.port"));
    MimeMessage message = new MimeMessage(Session.getInstance(properties));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress("ada@example.com"));
    message.setText("call me back");
    Transport.send(message);
    return recipients.equals(List.of("ada@example.com"));
  }

  /** Stands for the pools and routes that still work while the service stops. */
  static final class LastStatement implements DisposableBean {
    private final Environment settings;
    private boolean databaseAnswered;

    LastStatement(Environment settings) {
      this.settings = settings;
    }

    @Override
    public void destroy() throws Exception {
      databaseAnswered = databaseAnswers(settings);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Tiny {
    @Bean
    LastStatement lastStatement(Environment settings) {
      return new LastStatement(settings);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @Import(TomcatServletWebServerAutoConfiguration.class)
  static class TinyWeb {}
}
