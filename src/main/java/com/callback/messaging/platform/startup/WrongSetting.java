package com.callback.messaging.platform.startup;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.beans.TypeMismatchException;
import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** The sentence for a setting that is missing or has a value nobody can use. */
final class WrongSetting {
  /** Spring's and Camel's way of saying that a setting is missing. */
  private static final Pattern MISSING =
      Pattern.compile(
          "Could not resolve placeholder '([^':]+)|Property with key \\[([^]]+)] not found");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^:}]+)");

  private WrongSetting() {}

  static Optional<String> sentence(Throwable e) {
    if (e instanceof BindException bind) {
      return Optional.of(unbound(bind));
    }
    if (e instanceof InvalidConfigurationPropertyValueException invalid) {
      return Optional.of(
          wrong(invalid.getName(), invalid.getValue(), OneLine.of(invalid.getReason())));
    }
    if (e instanceof UnsatisfiedDependencyException injected) {
      return unconverted(injected);
    }
    return missing(e);
  }

  private static String unbound(BindException e) {
    Throwable cause = e.getCause();
    if (cause instanceof BindValidationException invalid) {
      return invalid(invalid, e);
    }
    ConfigurationProperty property = e.getProperty();
    if (cause instanceof UnboundConfigurationPropertiesException unknown) {
      return "There is no setting %s: correct its name."
          .formatted(unknown.getUnboundProperties().iterator().next().getName());
    }
    if (property != null && cause instanceof ConversionException) {
      return wrong(
          property.getName().toString(), property.getValue(), expected(e.getTarget().getType()));
    }
    return "The settings under %s are wrong (%s): correct them."
        .formatted(
            e.getName(), OneLine.of(NestedExceptionUtils.getMostSpecificCause(e).getMessage()));
  }

  private static String invalid(BindValidationException e, BindException bind) {
    ObjectError error = e.getValidationErrors().getAllErrors().get(0);
    if (error instanceof FieldError field) {
      String name = e.getValidationErrors().getName() + "." + kebab(field.getField());
      return wrong(name, field.getRejectedValue(), OneLine.of(field.getDefaultMessage()));
    }
    return "The settings under %s are wrong (%s): correct them."
        .formatted(bind.getName(), OneLine.of(error.getDefaultMessage()));
  }

  private static Optional<String> unconverted(UnsatisfiedDependencyException e) {
    if (!(e.getCause() instanceof TypeMismatchException mismatch)) {
      return Optional.empty();
    }
    String expected = expected(ResolvableType.forClass(mismatch.getRequiredType()));
    return Optional.ofNullable(e.getInjectionPoint())
        .flatMap(WrongSetting::named)
        .map(name -> wrong(name, mismatch.getValue(), expected));
  }

  private static Optional<String> named(InjectionPoint point) {
    Value value = point.getAnnotation(Value.class);
    Matcher placeholder = PLACEHOLDER.matcher(value == null ? "" : value.value());
    return placeholder.find() ? Optional.of(placeholder.group(1)) : Optional.empty();
  }

  private static Optional<String> missing(Throwable e) {
    Matcher matcher = MISSING.matcher(String.valueOf(e.getMessage()));
    if (!matcher.find()) {
      return Optional.empty();
    }
    String name = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    return Optional.of(
        "The setting %s is missing: set %s.".formatted(name, SettingName.asVariable(name)));
  }

  private static String wrong(String name, Object value, String reason) {
    return "The setting %s is %s (%s): correct it, or the variable %s."
        .formatted(name, SettingName.shown(name, value), reason, SettingName.asVariable(name));
  }

  private static String expected(ResolvableType wanted) {
    Class<?> type = wanted.resolve();
    if (type == null) {
      return "not of the right kind";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return expected(wanted.getGeneric()) + "; several with commas between them";
    }
    if (type.isEnum()) {
      return "must be one of " + Arrays.toString(type.getEnumConstants()).toLowerCase();
    }
    if (type == Duration.class) {
      return "must be a duration such as 10s";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "must be true or false";
    }
    return type.isPrimitive() || Number.class.isAssignableFrom(type)
        ? "must be a number"
        : "must be a valid " + type.getSimpleName();
  }

  private static String kebab(String field) {
    return field.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase();
  }
}
