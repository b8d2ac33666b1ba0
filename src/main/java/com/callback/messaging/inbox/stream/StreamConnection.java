package com.callback.messaging.inbox.stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A response that goes on until somebody ends it, written without blocking: a client that reads
 * slowly costs memory and no thread. One that takes nothing for {@code
 * server.tomcat.connection-timeout} is cut off by the web server.
 */
final class StreamConnection implements StreamOutput, WriteListener, AsyncListener {

  private final Subscribers subscribers;
  private final Subscriber subscriber;
  private final AsyncContext async;
  private final ServletOutputStream output;

  private StreamConnection(
      Subscribers subscribers,
      Subscriber subscriber,
      AsyncContext async,
      ServletOutputStream output) {
    this.subscribers = subscribers;
    this.subscriber = subscriber;
    this.async = async;
    this.output = output;
  }

  /** Answers a request with what is sent to the subscriber from now on. */
  static void open(
      Subscribers subscribers,
      Subscriber subscriber,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    response.setContentType("text/event-stream;charset=UTF-8");
    response.setHeader("Cache-Control", "no-store");
    // What nginx and those like it read, so that they keep nothing back.
    response.setHeader("X-Accel-Buffering", "no");
    var async = request.startAsync();
    async.setTimeout(0);
    var connection =
        new StreamConnection(subscribers, subscriber, async, response.getOutputStream());
    async.addListener(connection);
    subscriber.connect(connection);
    connection.output.setWriteListener(connection);
  }

  @Override
  public boolean isReady() {
    return output.isReady();
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    output.write(bytes);
  }

  @Override
  public void flush() throws IOException {
    output.flush();
  }

  @Override
  public void end() {
    async.complete();
  }

  @Override
  public void onWritePossible() {
    subscriber.ready();
  }

  /** They hung up, or took nothing for too long. */
  @Override
  public void onError(Throwable failure) {
    lost();
  }

  @Override
  public void onError(AsyncEvent event) {
    lost();
    // There is nobody left to answer.
    async.complete();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    lost();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    // It has none.
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // Nobody starts it again.
  }

  private void lost() {
    subscriber.lost();
    subscribers.leave(subscriber);
  }
}
