package com.callback.messaging.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.platform.startup.StartFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

/** Where the key comes from, and what is said when it cannot be used. */
class KeySettingsTest {

  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  @TempDir Path folder;

  private final KeySettings keys = new KeySettings();

  @Test
  void beside_the_embedded_database_one_is_made_once_for_its_owner_only() throws Exception {
    var first = keys.masterKeys(embedded(true), "", List.of(), folder).current().id();
    var again = keys.masterKeys(embedded(true), "", List.of(), folder).current().id();

    assertThat(again).isEqualTo(first);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("secrets.key"))))
        .isEqualTo("rw-------");
  }

  @Test
  void with_a_database_of_ones_own_one_must_be_given() {
    assertThatThrownBy(() -> keys.masterKeys(embedded(false), "", List.of(), folder))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("set MESSAGING_SECRETS_KEY")
        .hasMessageContaining("openssl rand -base64 32");
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"short", "!!!", "AAAA", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISI="})
  void one_that_is_none_is_refused_without_being_shown(String wrong) {
    assertThatThrownBy(() -> keys.masterKeys(embedded(true), wrong, List.of(), folder))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("messaging.secrets.key is wrong")
        .hasMessageNotContaining(wrong)
        .hasNoCause();
    assertThatThrownBy(() -> keys.masterKeys(embedded(true), KEY, List.of(wrong), folder))
        .hasMessageStartingWith("messaging.secrets.previous-keys has a wrong one");
  }

  @Test
  void earlier_ones_stand_behind_the_one_in_use() {
    var other = new byte[32];
    Arrays.fill(other, (byte) 7);
    var all =
        keys.masterKeys(
            embedded(false), KEY, List.of(Base64.getEncoder().encodeToString(other), ""), folder);
    assertThat(all.all()).hasSize(2);
    assertThat(all.current().id()).isEqualTo(MasterKey.of(KEY).id());
  }

  @Test
  void a_file_that_was_spoiled_is_named() throws Exception {
    Files.writeString(folder.resolve("secrets.key"), "spoiled");
    assertThatThrownBy(() -> keys.masterKeys(embedded(true), "", List.of(), folder))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("secrets.key is wrong");
  }

  private static MockEnvironment embedded(boolean isEmbedded) {
    return new MockEnvironment()
        .withProperty("messaging.embedded.database", Boolean.toString(isEmbedded));
  }
}
