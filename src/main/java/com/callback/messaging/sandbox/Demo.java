package com.callback.messaging.sandbox;

import com.callback.messaging.operation.caller.ApiKeys;
import com.callback.messaging.people.signin.OneTimeLinks;
import com.callback.messaging.people.signin.SignIn;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.ProducerTemplate;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The demo business: seeds it once the routes run, and says how to try it. */
@Component
@ConditionalOnProperty("messaging.sandbox.present")
public class Demo {

  private static final String FUNNEL = "0d3c6f5e-8a51-4d0e-9a44-5f1f3c0b7a10";

  /** So many leads are written in one statement, which has three seconds on a busy machine too. */
  private static final int SHARE = 1_000;

  private static final int LOGGED_EVERY = 50_000;

  private final ProducerTemplate routes;
  private final int leads;
  private final String publicUrl;
  private final String address;
  private final String key;
  private final SignIn signIn;
  private final OneTimeLinks links;

  /** Not where the platform has businesses of its own. */
  private volatile boolean isThere;

  private volatile String signInLink = "";

  Demo(
      ProducerTemplate routes,
      ApiKeys keys,
      SignIn signIn,
      OneTimeLinks links,
      @Value("${messaging.public-url}") String publicUrl,
      @Value("${server.address:}") String address,
      @Value("${messaging.demo.leads}") int leads) {
    this.leads = leads;
    this.signIn = signIn;
    this.links = links;
    this.routes = routes;
    this.publicUrl = publicUrl;
    this.address = address;
    this.key = keys.generate();
  }

  /** The id of the demo's funnel. */
  public String funnel() {
    return FUNNEL;
  }

  /** The API key of the demo's business, new at each start. */
  public String key() {
    return key;
  }

  /** How many leads the demo is to have at least. */
  public int leads() {
    return leads;
  }

  /**
   * Some of the demo's leads.
   *
   * @param first the number of the first
   * @param many how many
   * @param isLogged whether the log is to say that it is written
   */
  public record Share(int first, int many, boolean isLogged) {

    /** How many there are once it is written. */
    public int after() {
      return first + many;
    }
  }

  /** What is still to be written, when there are so many leads already. */
  public List<Share> shares(long there) {
    return IntStream.iterate((int) there, first -> first < leads, first -> first + SHARE)
        .mapToObj(this::share)
        .toList();
  }

  private Share share(int first) {
    int after = Math.min(first + SHARE, leads);
    return new Share(first, after - first, after == leads || after % LOGGED_EVERY == 0);
  }

  /** The address of the demo's form. */
  public String form() {
    return publicUrl + "/f/demo";
  }

  /** A command line that works as it stands. */
  public String curl() {
    return "curl -i %s/api/messages -H 'Content-Type: application/json' -d '{\"funnelId\":\"%s\",\"contactName\":\"Ada Lovelace\",\"contactPhone\":\"+61 491 570 006\"}'"
        .formatted(publicUrl, FUNNEL);
  }

  /** What signs in the demo's owner, once; empty where people do not sign in here. */
  public String signInLink() {
    return signInLink;
  }

  @EventListener(ApplicationReadyEvent.class)
  @Order(1)
  void seed() {
    isThere = !routes.requestBody("direct:seed-demo", "", List.class).isEmpty();
    if (isThere && signIn.isHere()) {
      var link = routes.requestBody("direct:demo-sign-in", "", String.class);
      signInLink = links.link(OneTimeLinks.SIGN_IN, link);
    }
  }

  /** Beside everything else: a million take minutes. */
  @EventListener(ApplicationReadyEvent.class)
  @Order(4)
  void seedLeads() {
    if (isThere && leads > 0) {
      routes.asyncSendBody("direct:seed-leads", "");
    }
  }

  @EventListener(ApplicationReadyEvent.class)
  @Order(3)
  void announce() {
    var tryIt =
        isThere
            ? "  Form     %s%n  Try      %s%n  API key  %s%n".formatted(form(), curl(), key)
                + (signInLink.isEmpty()
                    ? ""
                    : "  Sign in  %s  (once, within a day)%n".formatted(signInLink))
            : "";
    System.out.printf(
        "%n  Callback Messaging is ready.%n%n  Sandbox  %s/sandbox%n%s%n  %s%n%n",
        publicUrl, tryIt, whoReachesIt());
  }

  private String whoReachesIt() {
    return address.startsWith("127.")
        ? "Only this machine reaches it; with SERVER_ADDRESS=0.0.0.0 others do, and see its sandbox."
        : "Others reach it at "
            + address
            + ", and everybody who does sees its sandbox with all mail.";
  }
}
