package com.callback.messaging.inbox.lead;

import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problems;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Which state of a lead somebody has seen, as entity tags of HTTP (RFC 9110, 8.8.3) say it. */
@Component
public class Revisions {

  private static final Pattern LIST =
      Pattern.compile("(?:W/)?\"[!#-~]*\"(?: *, *(?:W/)?\"[!#-~]*\")*");
  private static final Pattern OURS = Pattern.compile("\"([1-9][0-9]{0,8})(?:-[a-z]{1,8})?\"");

  private static final Problem WANTED =
      Problem.of(
          428,
          "precondition-required",
          "If-Match is missing",
          "Read the lead, and send its ETag in If-Match, so that nobody's change is overwritten.");

  private static final Problem NOT_READABLE =
      Problems.invalidParameter("If-Match", "Give the ETag of the lead, such as \"7\".");

  private final ObjectMapper json;

  Revisions(ObjectMapper json) {
    this.json = json;
  }

  /** The entity tag of a lead, as the API shows it. */
  public String etag(String lead) throws JsonProcessingException {
    return etag(json.readTree(lead).get("revision").asInt());
  }

  static String etag(int revision) {
    return "\"" + revision + "\"";
  }

  /**
   * The revisions that a lead may have.
   *
   * @param ifMatch the header; a tag of another kind matches none. A proxy that compresses makes
   *     ours weak ({@code W/"7"}) or adds how ({@code "7-gzip"}); it names the same state all the
   *     same
   * @return null for any
   * @throws RequestRefusedException 428 when there is no header, 400 when it is none
   */
  static List<Integer> wanted(String ifMatch) {
    if (ifMatch == null) {
      throw new RequestRefusedException(WANTED);
    }
    if (ifMatch.equals("*")) {
      return null;
    }
    if (!LIST.matcher(ifMatch).matches()) {
      throw new RequestRefusedException(NOT_READABLE);
    }
    var wanted = new ArrayList<Integer>();
    var tags = OURS.matcher(ifMatch);
    while (tags.find()) {
      wanted.add(Integer.valueOf(tags.group(1)));
    }
    return wanted;
  }

  /** Somebody else changed it in between. */
  static Problem changed(int revision) {
    return Problem.of(
            412,
            "changed-meanwhile",
            "The lead has changed since you read it",
            "Nothing was changed. Read it again, and send its current ETag.")
        .withHeaders(Map.of("ETag", etag(revision)));
  }
}
