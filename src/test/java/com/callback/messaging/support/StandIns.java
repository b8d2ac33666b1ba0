package com.callback.messaging.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Runs stand-ins of all providers as servers, for a person without accounts: {@code
 * docs/try-real-providers.md}. They refuse what the providers refuse, report what becomes of a
 * message, and print what arrives. The service finds them by the variables in a file.
 */
public final class StandIns {

  private static final Path FILE = Path.of("target/providers.env");
  private static final int SENDGRID = 9_001;
  private static final int TOUCHSMS = 9_002;
  private static final int OTHERS = 9_000;
  private static final String REPORTS_SECRET = "the-stand-in-reports-with-this";
  private static final String PARSE_SECRET = "the-stand-in-forwards-mails-with-this";

  private StandIns() {}

  /**
   * Starts all of them. They run until they are stopped.
   *
   * @param arguments the address of the service, {@code http://localhost:8080} by default
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var service = arguments.length > 0 ? arguments[0] : "http://localhost:8080";
    var webhook = new SendGridWebhook();
    var sendGrid = FakeSendGrid.byHand(SENDGRID, service, PARSE_SECRET, webhook);
    var touchSms =
        TouchSmsServer.byHand(TOUCHSMS, service + "/api/receipts/touchsms/" + REPORTS_SECRET);
    var others = ProviderStandIn.byHand(OTHERS);
    Files.createDirectories(FILE.getParent());
    Files.writeString(FILE, exported(settings(sendGrid, webhook, touchSms, others)));
    System.out.printf("The variables for the service are in %s.%nRecipients to enter:%n", FILE);
    shipped().stream()
        .filter(provider -> !provider.equals("sms"))
        .forEach(
            provider -> System.out.printf("  %-12s %s%n", provider, others.recipient(provider)));
    Thread.currentThread().join();
  }

  private static Map<String, String> settings(
      FakeSendGrid sendGrid,
      SendGridWebhook webhook,
      TouchSmsServer touchSms,
      ProviderStandIn others) {
    var settings = new TreeMap<String, String>();
    shipped().forEach(provider -> settings.putAll(others.settings(provider)));
    settings.putAll(
        Map.of(
            "messaging.outbound.allowed", "127.0.0.0/8",
            "messaging.outbound.ports", "any",
            "channels.email.providers", "sendgrid",
            "channels.email.from", "callbacks@example.com",
            "channels.email.sendgrid.url", sendGrid.url(),
            "channels.email.sendgrid.api-key", FakeSendGrid.KEY,
            "channels.email.sendgrid.events-key", webhook.publicKey(),
            "channels.email.inbound.address", "reply@reply.example.com",
            "channels.email.inbound.parse-secret", PARSE_SECRET));
    settings.putAll(
        Map.of(
            "channels.sms.providers",
            "touchsms",
            "channels.sms.url",
            touchSms.url(),
            "channels.sms.username",
            TouchSmsServer.USER,
            "channels.sms.password",
            TouchSmsServer.PASSWORD,
            "channels.sms.reports.secret",
            REPORTS_SECRET,
            // A few leads use it up.
            "channels.sms.budget.per-day",
            "20"));
    return settings;
  }

  /** Pushover is the channel that docs/add-a-channel.md adds: its block is not there. */
  private static List<String> shipped() {
    return ProviderStandIn.providers().stream().filter(name -> !name.equals("pushover")).toList();
  }

  private static String exported(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(each -> "export %s='%s'%n".formatted(variable(each.getKey()), each.getValue()))
        .collect(Collectors.joining());
  }

  private static String variable(String property) {
    return property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
  }
}
