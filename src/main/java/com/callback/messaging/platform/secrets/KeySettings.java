package com.callback.messaging.platform.secrets;

import com.callback.messaging.platform.startup.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Where the keys come from: the settings, or a file that is made once and stays with the embedded
 * database.
 */
@Configuration(proxyBeanMethods = false)
class KeySettings {

  private static final String REMEDY =
      "set MESSAGING_SECRETS_KEY to 32 random bytes in base64, such as openssl rand -base64 32 makes.";

  @Bean
  MasterKeys masterKeys(
      Environment settings,
      @Value("${messaging.secrets.key}") String key,
      @Value("${messaging.secrets.previous-keys}") List<String> previous,
      @Value("${messaging.data-dir}") Path dataDir) {
    var keys = new ArrayList<MasterKey>();
    keys.add(
        key.isBlank() ? ofFile(settings, dataDir) : read("messaging.secrets.key is wrong", key));
    previous.stream()
        .filter(each -> !each.isBlank())
        .forEach(each -> keys.add(read("messaging.secrets.previous-keys has a wrong one", each)));
    return new MasterKeys(List.copyOf(keys));
  }

  private static MasterKey read(String wrong, String base64) {
    try {
      return MasterKey.of(base64);
    } catch (IllegalArgumentException e) {
      // The cause would show what was given.
      throw new StartFailure(wrong + ": " + REMEDY);
    }
  }

  private static MasterKey ofFile(Environment settings, Path dataDir) {
    // Instances that share a database must share the key, and it must outlive their folders.
    if (!settings.getProperty("messaging.embedded.database", Boolean.class, false)) {
      throw new StartFailure(
          "Secrets in a database of yours are sealed with a key of yours: " + REMEDY);
    }
    var file = dataDir.resolve("secrets.key");
    try {
      if (Files.notExists(file)) {
        make(file);
      }
      return read("The key in " + file + " is wrong", Files.readString(file));
    } catch (IOException e) {
      throw new StartFailure(
          "The key in %s cannot be read or made: give this user the right to, or %s"
              .formatted(file, REMEDY),
          e);
    }
  }

  private static void make(Path file) throws IOException {
    var key = new byte[32];
    new SecureRandom().nextBytes(key);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.createFile(file);
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
    Files.writeString(file, Base64.getEncoder().encodeToString(key));
  }
}
