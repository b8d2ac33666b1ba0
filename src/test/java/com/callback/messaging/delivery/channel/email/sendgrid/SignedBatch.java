package com.callback.messaging.delivery.channel.email.sendgrid;

import java.util.Base64;

/**
 * A batch of events with its signature. The two are the test vectors of SendGrid's own libraries
 * for Java and Node.js (MIT).
 */
record SignedBatch(String publicKey, String timestamp, String signature, byte[] body) {

  static final SignedBatch DROPPED =
      of(
          "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==",
          "1600112502",
          "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=",
          "W3siZW1haWwiOiJoZWxsb0B3b3JsZC5jb20iLCJldmVudCI6ImRyb3BwZWQiLCJyZWFzb24iOiJCb3VuY2VkIEFk"
              + "ZHJlc3MiLCJzZ19ldmVudF9pZCI6IlpISnZjQzB4TURrNU5Ea3hPUzFNVW5wWWJGOU9TRk4wVDBkb1VUUnJiMlpU"
              + "YlY5QkxUQSIsInNnX21lc3NhZ2VfaWQiOiJMUnpYbF9OSFN0T0doUTRrb2ZTbV9BLmZpbHRlcmRyZWN2LXAzbWR3"
              + "MS03NTZiNzQ1YjU4LWttemJsLTE4LTVGNUZDNzZDLTkuMCIsInNtdHAtaWQiOiI8TFJ6WGxfTkhTdE9HaFE0a29m"
              + "U21fQUBpc210cGQwMDM5cDFpYWQxLnNlbmRncmlkLm5ldD4iLCJ0aW1lc3RhbXAiOjE2MDAxMTI0OTJ9XQ0K");

  /** A processed and a bounce of the type blocked. */
  static final SignedBatch BLOCKED =
      of(
          "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEQ4LIFtWztlsF7skFqOncjD1lun4H5w8XOhyOArHW9RcIx/FfEzx6cikC/yPfUvwaX/JScE7Fc9CJD2afQ9Ok3Q==",
          "1619651159",
          "MEYCIQC/I4o6vCgqRYrTljjoVWB/GRWNtxeePlLMHr3x9ETeRQIhAIpV+03nREPTTHWSW0wIOA0EoMPdcNgXa70yCaqDJlu5",
          "W3siZW1haWwiOiJpbnZhbGlkQGdtYWlsLmNvbSIsImV2ZW50IjoicHJvY2Vzc2VkIiwic2VuZF9hdCI6MCwic2df"
              + "ZXZlbnRfaWQiOiJjSEp2WTJWemMyVmtMVEU1T1RReU1URXlMWEZPZDBKTVoxQlJVV3BYTmtSS2RrdFJkMU5CWW5j"
              + "dE1BIiwic2dfbWVzc2FnZV9pZCI6InFOd0JMZ1BRUWpXNkRKdktRd1NBYncuZmlsdGVyZHJlY3YtY2FuYXJ5LTU0"
              + "N2I2NDY1NWItY3c2engtMS02MDg5RUE0QS01Ni4wIiwic210cC1pZCI6IjxxTndCTGdQUVFqVzZESnZLUXdTQWJ3"
              + "QGlzbXRwZDAxNzhwMW1kdzEuc2VuZGdyaWQubmV0PiIsInRpbWVzdGFtcCI6MTYxOTY1MTE0Nn0sDQp7ImVtYWls"
              + "IjoiaW52YWxpZEBnbWFpbC5jb20iLCJldmVudCI6ImJvdW5jZSIsImlwIjoiMTY3Ljg5LjEwMS43NiIsInJlYXNv"
              + "biI6IjU1MiA1LjIuMiBUaGUgZW1haWwgYWNjb3VudCB0aGF0IHlvdSB0cmllZCB0byByZWFjaCBpcyBvdmVyIHF1"
              + "b3RhIGFuZCBpbmFjdGl2ZS4gUGxlYXNlIGRpcmVjdCB0aGUgcmVjaXBpZW50IHRvIGh0dHBzOi8vc3VwcG9ydC5n"
              + "b29nbGUuY29tL21haWwvP3A9T3ZlclF1b3RhUGVybSBjMTdzaTExMzA0NjhwZ3YuMzQgLSBnc210cCIsInNnX2V2"
              + "ZW50X2lkIjoiWW05MWJtTmxMVEF0TVRrNU5ESXhNVEl0Y1U1M1FreG5VRkZSYWxjMlJFcDJTMUYzVTBGaWR5MHci"
              + "LCJzZ19tZXNzYWdlX2lkIjoicU53QkxnUFFRalc2REp2S1F3U0Fidy5maWx0ZXJkcmVjdi1jYW5hcnktNTQ3YjY0"
              + "NjU1Yi1jdzZ6eC0xLTYwODlFQTRBLTU2LjAiLCJzbXRwLWlkIjoiPHFOd0JMZ1BRUWpXNkRKdktRd1NBYndAaXNt"
              + "dHBkMDE3OHAxbWR3MS5zZW5kZ3JpZC5uZXQ+Iiwic3RhdHVzIjoiNS4yLjIiLCJ0aW1lc3RhbXAiOjE2MTk2NTEx"
              + "NDcsInRscyI6MSwidHlwZSI6ImJsb2NrZWQifV0NCg==");

  /** A key and a signature that belong to neither. */
  static final String OTHER_KEY =
      "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqTxd43gyp8IOEto2LdIfjRQrIbsd4SXZkLW6jDutdhXSJCWHw8REntlo7aNDthvj+y7GjUuFDb/R1NGe1OPzpA==";

  static final String OTHER_SIGNATURE =
      "MEUCIQCtIHJeH93Y+qpYeWrySphQgpNGNr/U+UyUlBkU6n7RAwIgJTz2C+8a8xonZGi6BpSzoQsbVRamr2nlxFDWYNH3j/0=";

  private static SignedBatch of(String key, String timestamp, String signature, String base64) {
    return new SignedBatch(key, timestamp, signature, Base64.getDecoder().decode(base64));
  }
}
