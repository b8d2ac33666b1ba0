package com.callback.messaging.platform.startup;

import java.util.Arrays;
import java.util.List;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * Starts every part without an address inside the process and writes its address into the settings,
 * as if an operator had configured it; adds what the mode leaves unlimited. Runs when all settings
 * are read and before anything else starts, so that what is wrong is known early.
 */
public final class EmbeddedParts
    implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    ConfigurableEnvironment settings = context.getEnvironment();
    List<Part> embedded =
        Arrays.stream(Part.values()).filter(part -> part.isEmbedded(settings)).toList();
    OperatingMode mode = OperatingMode.of(settings);
    settings.getPropertySources().addLast(new MapPropertySource("mode", mode.defaults()));
    mode.refuseEmbedded(embedded);
    mode.checkProduction(settings);
    ServerPort port = port(context, settings);
    checkConfigured(embedded, settings);
    new PartStarter(context, port).start(embedded);
  }

  /** Last, so that other initializers have had their say about the settings. */
  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }

  private static ServerPort port(ConfigurableApplicationContext context, Environment settings) {
    ServerPort port = ServerPort.of(settings);
    return context instanceof WebServerApplicationContext ? port.requireFree() : port;
  }

  private static void checkConfigured(List<Part> embedded, Environment settings) {
    if (!embedded.contains(Part.BROKER)) {
      ConfiguredBroker.check(settings.getRequiredProperty(Part.BROKER.address()));
    }
    if (!embedded.contains(Part.MAIL)) {
      ConfiguredRemotes.checkMail(settings);
    }
    if (!embedded.contains(Part.SMS) && Part.SMS.isNeeded(settings)) {
      ConfiguredRemotes.checkSms(settings);
    }
    ConfiguredRemotes.checkStandbys(settings);
    if (!embedded.contains(Part.DATABASE)) {
      ConfiguredDatabase.of(settings).check();
    }
  }
}
