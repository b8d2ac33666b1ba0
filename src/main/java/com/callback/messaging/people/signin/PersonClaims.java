package com.callback.messaging.people.signin;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import java.time.Clock;
import java.util.Date;
import java.util.Set;
import java.util.UUID;

/**
 * What a token must say to be that of a person: who made it, for whom, until when, and that the
 * subject is a signed-in person. Keys of a project (anon, service_role) are tokens too, but
 * nobody's.
 */
final class PersonClaims extends DefaultJWTClaimsVerifier<SecurityContext> {

  private final Clock clock;

  PersonClaims(SupabaseSettings project, Clock clock) {
    super(
        project.audience(),
        new JWTClaimsSet.Builder().issuer(project.issuer()).claim("role", "authenticated").build(),
        Set.of("sub", "exp", "iat"));
    this.clock = clock;
    setMaxClockSkew((int) project.skew().toSeconds());
  }

  @Override
  protected Date currentTime() {
    return Date.from(clock.instant());
  }

  @Override
  public void verify(JWTClaimsSet claims, SecurityContext context) throws BadJWTException {
    super.verify(claims, context);
    var latest = clock.instant().plusSeconds(getMaxClockSkew());
    if (claims.getIssueTime().toInstant().isAfter(latest)) {
      throw new BadJWTException("It was made in the future");
    }
    if (Boolean.TRUE.equals(claims.getClaim("is_anonymous"))
        || "true".equals(claims.getClaim("is_anonymous"))) {
      throw new BadJWTException("It is nobody's");
    }
    try {
      if (!UUID.fromString(claims.getSubject()).toString().equalsIgnoreCase(claims.getSubject())) {
        throw new BadJWTException("The subject is not a UUID");
      }
    } catch (IllegalArgumentException e) {
      throw new BadJWTException("The subject is not a UUID", e);
    }
  }
}
