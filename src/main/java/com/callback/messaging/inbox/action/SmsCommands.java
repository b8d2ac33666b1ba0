package com.callback.messaging.inbox.action;

import com.callback.messaging.platform.startup.StartFailure;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The words by which a person who was notified by SMS acts on the lead: {@code
 * replies.sms-commands.*}. Case, spaces around them and a full stop do not matter. The reference of
 * a lead may follow, or its first four characters.
 *
 * @param take words of somebody who takes the lead
 * @param reached words of somebody who has called and reached them
 * @param noAnswer words of somebody who has called without an answer
 */
@ConfigurationProperties("replies.sms-commands")
public record SmsCommands(Set<String> take, Set<String> reached, Set<String> noAnswer) {

  private static final int LONGEST = 30;
  private static final Pattern WITH_REFERENCE =
      Pattern.compile("(.+?) #?([0-9a-hjkmnp-tv-z]{4})(?:-?([0-9a-hjkmnp-tv-z]{4}))?");

  public SmsCommands {
    take = folded(take);
    reached = folded(reached);
    noAnswer = folded(noAnswer);
    var all = new HashSet<>(take);
    var isTwice = !reached.stream().allMatch(all::add) || !noAnswer.stream().allMatch(all::add);
    if (isTwice || all.stream().anyMatch(word -> word.isEmpty() || word.length() > LONGEST)) {
      throw new StartFailure(
          "replies.sms-commands cannot be used: give each of take, reached and no-answer words of 1 to %d characters, and no word to two of them."
              .formatted(LONGEST));
    }
  }

  /**
   * A command.
   *
   * @param move what it does, in the words of the API: acknowledge, reached or no_answer
   * @param word as it was written
   * @param reference of the lead without its dash, whole or the first four characters; empty where
   *     none was named
   */
  record Command(String move, String word, String reference) {}

  /** The command in a text; empty where it is something else, such as an answer of a lead. */
  Optional<Command> in(String text) {
    var folded = folded(text);
    var move = moves().get(folded);
    if (move != null) {
      return Optional.of(new Command(move, folded, ""));
    }
    var named = WITH_REFERENCE.matcher(folded);
    return named.matches() && moves().containsKey(named.group(1))
        ? Optional.of(
            new Command(
                moves().get(named.group(1)),
                named.group(1),
                (named.group(2) + (named.group(3) == null ? "" : named.group(3)))
                    .toUpperCase(Locale.ROOT)))
        : Optional.empty();
  }

  private Map<String, String> moves() {
    var moves = new LinkedHashMap<String, String>();
    take.forEach(word -> moves.put(word, "acknowledge"));
    reached.forEach(word -> moves.put(word, "reached"));
    noAnswer.forEach(word -> moves.put(word, "no_answer"));
    return moves;
  }

  private static Set<String> folded(Set<String> words) {
    return words == null
        ? Set.of()
        : words.stream().map(SmsCommands::folded).collect(Collectors.toUnmodifiableSet());
  }

  private static String folded(String text) {
    return text.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").replaceAll("[.! ]+$", "");
  }
}
