package com.callback.messaging.delivery.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.eclipse.angus.mail.util.MailConnectException;

/** How far a request had come when it failed without a response. */
public enum RequestProgress {

  /** No connection stood: not a byte of the request has left. */
  NEVER_CONNECTED(
      ConnectException.class,
      UnknownHostException.class,
      NoRouteToHostException.class,
      BindException.class,
      ConnectTimeoutException.class,
      ConnectionRequestTimeoutException.class,
      RequestNotExecutedException.class,
      MailConnectException.class),

  /** Connected, but the request waits until the handshake is through. */
  NEVER_SENT(SSLHandshakeException.class, SSLPeerUnverifiedException.class),

  /** The connection stood: the request, or enough of it, may have arrived. */
  MAY_HAVE_LEFT(
      InterruptedIOException.class,
      SocketException.class,
      SSLException.class,
      EOFException.class,
      NoHttpResponseException.class,
      ConnectionClosedException.class,
      // A response came, and cannot be read.
      HttpException.class,
      MessageConstraintException.class,
      MalformedChunkCodingException.class,
      JsonProcessingException.class);

  private final Set<Class<? extends Throwable>> errors;

  @SafeVarargs
  RequestProgress(Class<? extends Throwable>... errors) {
    this.errors = Set.of(errors);
  }

  /** What this error itself says, without its causes; empty where it says nothing about it. */
  public static Optional<RequestProgress> of(Throwable error) {
    return Arrays.stream(values())
        .filter(progress -> progress.errors.stream().anyMatch(type -> type.isInstance(error)))
        .findFirst();
  }
}
