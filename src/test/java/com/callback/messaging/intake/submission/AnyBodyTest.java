package com.callback.messaging.intake.submission;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.operation.contract.Contract;
import com.callback.messaging.operation.contract.JsonBody;
import com.callback.messaging.platform.http.BodyLimit;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.callback.messaging.platform.startup.OperatingMode;
import com.callback.messaging.platform.template.ConfigFiles;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.springframework.context.annotation.AnnotationConfigUtils;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.mock.web.MockHttpServletRequest;

/** Whatever a body holds, it becomes something that can be stored, or is refused. */
class AnyBodyTest {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Submissions SUBMISSIONS = submissions();
  private static final List<String> FIELDS =
      List.of(
          "funnelId",
          "businessId",
          "type",
          "contactName",
          "contactPhone",
          "contactEmail",
          "subject",
          "message",
          "priority",
          "metadata");
  private static final List<String> HARD_TEXTS =
      List.of(
          "",
          " ",
          "\u00a0",
          "\u0000",
          "\ud83d\ude00",
          "\ud800",
          "a\udc00",
          "O'Neil",
          "${body}",
          "{{x}}",
          "callback_request",
          "urgent",
          "+61 412 345 678",
          "٠٤١٢٣٤٥٦٧٨",
          "00 00 / 00 +",
          "ada@example.com",
          UUID.nameUUIDFromBytes(new byte[0]).toString());

  @Property(tries = 400)
  void any_json_object_is_stored_or_refused(@ForAll("objects") JsonNode body) {
    check("application/json", body.toString().getBytes(UTF_8));
  }

  @Property(tries = 300)
  void a_lead_with_anything_in_one_field_is_stored_or_refused(
      @ForAll("fields") String field, @ForAll("values") JsonNode value) {
    var lead =
        JSON.objectNode()
            .put("funnelId", UUID.randomUUID().toString())
            .put("contactName", "Ada")
            .put("contactPhone", "0412 345 678");
    lead.set(field, value);
    check("application/json", lead.toString().getBytes(UTF_8));
  }

  @Property(tries = 300)
  void any_bytes_are_stored_or_refused(@ForAll byte[] bytes, @ForAll("types") String type) {
    check(type, bytes);
  }

  @Property(tries = 300)
  void any_form_is_stored_or_refused(@ForAll("forms") String form) {
    check("application/x-www-form-urlencoded", form.getBytes(ISO_8859_1));
  }

  private static void check(String type, byte[] body) {
    var request = new MockHttpServletRequest("POST", "/api/messages");
    request.setContentType(type);
    request.addHeader("Accept", body.length % 2 == 0 ? "text/html" : "application/json");
    request.setServletPath("/api/messages");
    request.setAttribute(BodyLimit.class.getName(), body);
    Submission submission;
    try {
      submission = SUBMISSIONS.readFrom(null, request, null);
    } catch (RequestRefusedException refused) {
      assertThat(refused.problem().status()).isEqualTo(400);
      assertThat(refused.problem().errors())
          .allSatisfy(error -> assertThat(error.detail()).isNotBlank());
      return;
    }
    isStorable(submission);
  }

  private static void isStorable(Submission submission) {
    Stream.of(
            submission.contactName(),
            submission.contactPhone(),
            submission.contactEmail(),
            submission.subject(),
            submission.message(),
            submission.metadata())
        .filter(text -> text != null)
        .forEach(text -> assertThat(Text.unstorable(JSON.textNode(text))).isEmpty());
    assertThat(submission.metadata()).doesNotContain("\\u0000");
    assertThat(UUID.fromString(submission.funnelId())).isNotNull();
    assertThat(submission.contactName().codePointCount(0, submission.contactName().length()))
        .isBetween(1, 100);
    assertThat(submission.contactPhone() != null || submission.contactEmail() != null).isTrue();
    assertThat(submission.priority()).isIn("low", "medium", "high", "urgent");
    assertThat(
            submission.phoneE164() == null || submission.phoneE164().matches("\\+[1-9]\\d{1,14}"))
        .isTrue();
  }

  @Provide
  Arbitrary<String> fields() {
    return Arbitraries.of(FIELDS);
  }

  @Provide
  Arbitrary<String> types() {
    return Arbitraries.of("application/json", "application/x-www-form-urlencoded");
  }

  @Provide
  Arbitrary<JsonNode> values() {
    return values(2);
  }

  @Provide
  Arbitrary<JsonNode> objects() {
    return objects(2);
  }

  private Arbitrary<JsonNode> values(int depth) {
    return depth == 0
        ? scalars()
        : Arbitraries.oneOf(
            scalars(),
            scalars(),
            objects(depth - 1),
            values(depth - 1).list().ofMaxSize(3).map(AnyBodyTest::array));
  }

  private Arbitrary<JsonNode> objects(int depth) {
    return Arbitraries.maps(Arbitraries.oneOf(fields(), fields(), texts()), values(depth))
        .ofMaxSize(10)
        .map(AnyBodyTest::object);
  }

  @Provide
  Arbitrary<String> forms() {
    var text =
        Arbitraries.oneOf(
            fields(),
            Arbitraries.of("%", "%zz", "%00", "%ff", "%C3%A9", "+", "=", "Ada", "%2B61412345678"),
            Arbitraries.of(UUID.nameUUIDFromBytes(new byte[0]).toString(), "a%40b.example"));
    return text.list()
        .ofSize(2)
        .map(pair -> String.join("=", pair))
        .list()
        .ofMaxSize(12)
        .map(pairs -> String.join("&", pairs));
  }

  private Arbitrary<JsonNode> scalars() {
    return Arbitraries.oneOf(
        texts().map(JSON::textNode),
        texts().map(JSON::textNode),
        Arbitraries.of(true, false).map(JSON::booleanNode),
        Arbitraries.just(JSON.nullNode()),
        Arbitraries.bigIntegers().map(JSON::numberNode),
        Arbitraries.bigDecimals().map(JSON::numberNode),
        Arbitraries.of("1e400", "1e-400", "1e999999999", "0e99", "-0.0")
            .map(number -> JSON.numberNode(new BigDecimal(number))));
  }

  private Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.of(HARD_TEXTS),
        Arbitraries.strings().all().ofMaxLength(50),
        Arbitraries.strings().numeric().withChars(" +-().").ofMaxLength(45));
  }

  private static JsonNode array(List<JsonNode> values) {
    var array = JSON.arrayNode();
    values.forEach(array::add);
    return array;
  }

  private static JsonNode object(Map<String, JsonNode> members) {
    var object = JSON.objectNode();
    members.forEach(object::set);
    return object;
  }

  private static Submissions submissions() {
    var context = new GenericApplicationContext();
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "test", Map.of("messaging.config", "file:config", "messaging.phone-region", "AU")));
    Stream.of(
            ConfigFiles.class,
            ObjectMapper.class,
            Contract.class,
            JsonBody.class,
            FormBody.class,
            ContactWays.class,
            MachineFields.class,
            SubmissionFingerprint.class,
            PhoneNumbers.class,
            Provenance.class,
            Submissions.class)
        .forEach(context::registerBean);
    context.registerBean(OperatingMode.class, () -> OperatingMode.PRODUCTION);
    context.registerBean(Clock.class, Clock::systemUTC);
    AnnotationConfigUtils.registerAnnotationConfigProcessors(context);
    context.refresh();
    return context.getBean(Submissions.class);
  }
}
