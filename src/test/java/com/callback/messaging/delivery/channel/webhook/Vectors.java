package com.callback.messaging.delivery.channel.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Known answers: of the libraries of Standard Webhooks, of Svix, and one with a body beyond ASCII.
 */
final class Vectors {

  static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  static final long TIMESTAMP = 1614265330;
  static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);
  static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  static final String KEY_PAIR =
      "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";
  static final String PUBLIC_KEY = "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=";
  static final String ASYMMETRIC_SIGNATURE =
      "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==";

  static final String UTF8_SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
  static final String UTF8_ID = "msg_contracts_utf8";
  static final long UTF8_TIMESTAMP = 1795316645;
  static final byte[] UTF8_BODY =
      "{\"type\":\"message.delivered\",\"timestamp\":\"2026-11-22T03:04:05Z\",\"data\":{\"id\":\"m_1\",\"note\":\"café ✓\"}}"
          .getBytes(UTF_8);
  static final String UTF8_SIGNATURE = "v1,CEfPGjz+A8S8Q6wZdr0qs4Mye0hBLgGKbJcIx7VkYpw=";
  static final String UTF8_ASYMMETRIC_SIGNATURE =
      "v1a,pCCto9gZZlvuaENbKRWLB0zDnrZym0WouBkSGXi0tnJMbAhQCyTCh8MXYoxdbGMNCbT4/BgCsQHpKUDl/oD8Bw==";

  private Vectors() {}
}
