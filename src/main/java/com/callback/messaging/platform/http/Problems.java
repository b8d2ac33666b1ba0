package com.callback.messaging.platform.http;

import com.callback.messaging.platform.database.DatabaseTrouble;
import com.callback.messaging.platform.http.Problem.FieldError;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;

/** Tells a failure as a problem: what the caller can do about it, and nothing internal. */
@Component
public class Problems {

  /** What is said while the database is away or the service starts; nothing was stored. */
  public static final Problem UNAVAILABLE =
      Problem.of(
              503,
              "unavailable",
              "Temporarily unavailable",
              "Nothing was stored. Try again in a few seconds.")
          .after(5);

  private static final Problem TOOK_TOO_LONG =
      Problem.of(
              503,
              "took-too-long",
              "That would take too long",
              "Nothing was changed. Ask for less, such as a shorter time or one filter more, or try"
                  + " again in a few seconds.")
          .after(5);

  private static final Problem UNFIT =
      Problem.of(
          400,
          "unfit-value",
          "A value is not what is wanted here",
          "Check the address and its parameters, and take out characters that are not text.");

  private static final Problem SAME_MOMENT =
      Problem.of(
          409,
          "same-moment",
          "Somebody did the same in the same moment",
          "Nothing was changed. Look at what there is now, and try again if it is still needed.");

  private static final Problem FORBIDDEN =
      Problem.of(
          403,
          "forbidden",
          "You may not do that",
          "Your role in this business does not include it: ask an owner.");

  private static final Problem INTERNAL =
      Problem.of(500, "internal", "Internal error", "Nothing was stored. Try again in a moment.");

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private final DatabaseTrouble trouble;

  Problems(DatabaseTrouble trouble) {
    this.trouble = trouble;
  }

  /** The body of a request has wrong fields, whether or not it keeps to its schema. */
  public static Problem invalidBody(List<FieldError> errors) {
    return Problem.of(
            400, "invalid-body", "The body has errors", "Fix the listed fields and send it again.")
        .with(errors);
  }

  /** One field of the body is wrong. */
  public static Problem invalidBody(String field, String remedy) {
    return invalidBody(List.of(new FieldError(field, remedy)));
  }

  /** Parameters of a request are wrong, in its path, its query or its headers. */
  public static Problem invalidParameter(List<FieldError> errors) {
    return Problem.of(
            400, "invalid-parameter", "A parameter is wrong", "Fix it and send the request again.")
        .with(errors);
  }

  /** One parameter is wrong. */
  public static Problem invalidParameter(String name, String remedy) {
    return invalidParameter(List.of(new FieldError(name, remedy)));
  }

  /**
   * The problem that a failure is for the caller. Our own faults are logged, with types and places
   * but without data.
   */
  public Problem of(Throwable failure) {
    if (causes(failure).anyMatch(Problems::isAboutItsTime)) {
      LOG.warn("A statement was given up because of its time: {}", Traces.withoutMessages(failure));
      return TOOK_TOO_LONG;
    }
    for (var cause : causes(failure).toList()) {
      if (cause instanceof RequestRefusedException refused) {
        return refused.problem();
      }
      if (isAboutTheDatabaseBeingAway(cause)) {
        trouble.note(failure);
        return UNAVAILABLE;
      }
    }
    if (causes(failure).anyMatch(Problems::isAboutTwoAtOnce)) {
      LOG.warn("Two did the same in the same moment: {}", Traces.withoutMessages(failure));
      return SAME_MOMENT;
    }
    if (causes(failure).anyMatch(Problems::isAboutAValue)) {
      LOG.warn("A value that the database does not take: {}", Traces.withoutMessages(failure));
      return UNFIT;
    }
    if (causes(failure).anyMatch(Problems::isAboutARight)) {
      LOG.warn(
          "The database refused what the contract allows: {}", Traces.withoutMessages(failure));
      return FORBIDDEN;
    }
    LOG.error("Unexpected failure: {}", Traces.withoutMessages(failure));
    return INTERNAL;
  }

  private static boolean isAboutTheDatabaseBeingAway(Throwable cause) {
    return cause instanceof DataAccessResourceFailureException
        || cause instanceof NonTransientDataAccessResourceException
        || cause instanceof TransientDataAccessException
        || cause instanceof SQLTransientException
        || cause instanceof CannotCreateTransactionException
        || cause instanceof SQLException sql && isConnectionState(sql.getSQLState());
  }

  /**
   * Class 08: connection; 57P: the server is stopping or starting; 25006: it may only be read, as
   * after a fail-over; 53: it is out of means.
   */
  private static boolean isConnectionState(String state) {
    return state != null
        && (state.startsWith("08")
            || state.startsWith("57P")
            || state.equals("55P03")
            || state.equals("25006")
            || state.startsWith("53"));
  }

  /** 57014: the server ended the statement when its time was over. */
  private static boolean isAboutItsTime(Throwable cause) {
    return cause instanceof SQLException sql && "57014".equals(sql.getSQLState());
  }

  /** 23505: what there may be once only is there by now, although it was looked for before. */
  private static boolean isAboutTwoAtOnce(Throwable cause) {
    return cause instanceof SQLException sql && "23505".equals(sql.getSQLState());
  }

  /** Class 22: data that is not what its type wants. */
  private static boolean isAboutAValue(Throwable cause) {
    return cause instanceof SQLException sql
        && sql.getSQLState() != null
        && sql.getSQLState().startsWith("22");
  }

  /** 42501: what row-level security or a missing right does not let pass. */
  private static boolean isAboutARight(Throwable cause) {
    return cause instanceof SQLException sql && "42501".equals(sql.getSQLState());
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(20);
  }

  /** Adds the headers that a problem comes with to those of a response. */
  public void putHeaders(Problem problem, Map<String, Object> response) {
    response.putAll(problem.responseHeaders());
  }
}
