package com.callback.messaging;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** What packages may know of each other, and of Camel. */
@AnalyzeClasses(packages = "com.callback.messaging", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  /**
   * The few that hang into Camel itself; all other beans are plain and their tests start nothing.
   */
  private static final List<String> KNOW_CAMEL =
      List.of(
          "HeaderAllowList",
          "OutboundClients",
          "BrokerConnections",
          "Demo",
          "MailIntoSandbox",
          "PooledMailSender",
          "WakeUps",
          "ListedOrigins",
          "EveryProviderHasARoute",
          "SendRoutes",
          "PreconditionsCanBeRead",
          "OperationInvoker",
          "CallerTransaction",
          "OnTheWire",
          "EventRounds",
          "OperationAddresses",
          "StatementTexts",
          "RouteEngine",
          "RouteConsumer");

  @ArchTest
  static final ArchRule beans_do_not_know_camel =
      noClasses()
          .that()
          .haveNameNotMatching(
              KNOW_CAMEL.stream().collect(Collectors.joining("|", ".*\\.(", ")(\\$.*)?")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.camel..");

  /** Each room knows those below it; the sandbox of development may know all. */
  @ArchTest
  static final ArchRule rooms_know_only_those_below_them =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("platform")
          .definedBy("com.callback.messaging.platform..")
          .layer("operation")
          .definedBy("com.callback.messaging.operation..")
          .layer("people")
          .definedBy("com.callback.messaging.people..")
          .layer("intake")
          .definedBy("com.callback.messaging.intake..")
          .layer("delivery")
          .definedBy("com.callback.messaging.delivery..")
          .layer("inbox")
          .definedBy("com.callback.messaging.inbox..")
          .layer("sandbox")
          .definedBy("com.callback.messaging.sandbox..")
          .whereLayer("sandbox")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("inbox")
          .mayOnlyBeAccessedByLayers("sandbox")
          .whereLayer("delivery")
          .mayOnlyBeAccessedByLayers("inbox", "sandbox")
          .whereLayer("intake")
          .mayOnlyBeAccessedByLayers("delivery", "inbox", "sandbox")
          .whereLayer("people")
          .mayOnlyBeAccessedByLayers("delivery", "inbox", "sandbox")
          .whereLayer("operation")
          .mayOnlyBeAccessedByLayers("people", "intake", "delivery", "inbox", "sandbox");

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching("com.callback.messaging.(*).(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule delivery_does_not_know_any_one_channel =
      noClasses()
          .that()
          .resideInAPackage("..delivery.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..delivery.channel..");

  @ArchTest
  static final ArchRule time_comes_from_the_clock =
      noClasses()
          .that()
          .resideOutsideOfPackage("..platform.startup..")
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(java.time.LocalDate.class, "now");

  @ArchTest
  static final ArchRule names_are_nouns_of_the_trade =
      classes()
          .should()
          .haveSimpleNameNotEndingWith("Impl")
          .andShould()
          .haveSimpleNameNotEndingWith("Util")
          .andShould()
          .haveSimpleNameNotEndingWith("Utils")
          .andShould()
          .haveSimpleNameNotEndingWith("Helper")
          .andShould()
          .haveSimpleNameNotEndingWith("Manager");

  @Test
  void every_package_says_what_it_is_for() throws Exception {
    try (var folders = Files.walk(Path.of("src/main/java/com/callback/messaging"))) {
      var silent =
          folders
              .filter(Files::isDirectory)
              .filter(ArchitectureTest::holdsClasses)
              .filter(folder -> !folder.endsWith("messaging"))
              .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
              .toList();
      Assertions.assertThat(silent).isEmpty();
    }
  }

  private static boolean holdsClasses(Path folder) {
    try (var files = Files.list(folder)) {
      return files.anyMatch(file -> file.toString().endsWith(".java"));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
