package com.callback.messaging.intake.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ReferenceTest {

  @Test
  void a_reference_never_changes_for_the_same_message() {
    // Computed apart from this code: SHA-256 of the 16 bytes, first 5 bytes, Crockford's base32.
    assertThat(Reference.of(UUID.fromString("00000000-0000-0000-0000-000000000000")))
        .isEqualTo("6X3G-HZZQ");
    assertThat(Reference.of(UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057")))
        .isEqualTo("JVWB-AYGW");
  }

  @Property
  void a_reference_can_be_read_out_without_a_doubt(@ForAll long most, @ForAll long least) {
    var id = new UUID(most, least);

    assertThat(Reference.of(id))
        .matches("[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}")
        .doesNotContain("I", "L", "O", "U")
        .isEqualTo(Reference.of(id));
  }

  @Property(tries = 50)
  void ids_of_the_same_moment_do_not_look_alike(@ForAll long most, @ForAll long least) {
    var references =
        LongStream.range(0, 500)
            .mapToObj(i -> Reference.of(new UUID(most, least + i)))
            .collect(Collectors.toSet());

    // A double among 500 of 2^40 comes once in nine million sets.
    assertThat(references).hasSize(500);
    for (var position : new int[] {0, 1, 2, 3, 5, 6, 7, 8}) {
      assertThat(references.stream().map(reference -> reference.charAt(position)).distinct())
          .hasSizeGreaterThan(24);
    }
  }
}
