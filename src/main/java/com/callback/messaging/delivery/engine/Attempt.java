package com.callback.messaging.delivery.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * A claimed delivery while it is being sent. It has a concurrency slot and a lease until {@link
 * Attempts#end} gives both back. One thread at a time works on it.
 */
public final class Attempt {

  private final String channel;
  private final ClaimQuotas quotas;
  private final Map<String, Object> row;
  private final Supplier<Delivery> reader;
  private final List<RequestRecord> requests = new ArrayList<>();
  private final AtomicBoolean hasEnded = new AtomicBoolean();
  private Delivery delivery;
  private String provider;
  private String providerRef;
  private OutgoingRequest request;
  private SharedRequest shared;
  private Throwable failure;
  private boolean isUnderWay;

  Attempt(String channel, ClaimQuotas quotas, Map<String, Object> row, Supplier<Delivery> reader) {
    this.channel = channel;
    this.quotas = quotas;
    this.row = row;
    this.reader = reader;
  }

  public String channel() {
    return channel;
  }

  /** What is sent; read from its row when it is first asked for. */
  public Delivery delivery() {
    if (delivery == null) {
      delivery = reader.get();
    }
    return delivery;
  }

  /** The requests that were made for it. */
  public List<RequestRecord> requests() {
    return requests;
  }

  /** Writes its request. If that fails, the attempt has failed, and no other of its batch. */
  public void write(Callable<OutgoingRequest> writer) {
    try {
      request = writer.call();
    } catch (Exception | Error e) {
      failure = e;
    }
  }

  /** The provider's own reference of what it has accepted; null if it gave none. */
  public String providerRef() {
    return providerRef;
  }

  void accepted(String reference) {
    providerRef = reference;
  }

  /** Nothing is sent: the attempt has failed, and no other of its batch. */
  public void failed(Throwable cause) {
    failure = cause;
  }

  /** Whether it has failed before anything was sent. */
  public boolean hasFailed() {
    return failure != null;
  }

  void shared(SharedRequest carrier) {
    shared = carrier;
  }

  /** The request that it shares with others of its batch; null if it shares none. */
  SharedRequest shared() {
    return shared;
  }

  OutgoingRequest request() {
    return request;
  }

  Throwable failure() {
    return failure;
  }

  /** The failure, which the next try begins without; null when there was none. */
  Throwable takeFailure() {
    var taken = failure;
    failure = null;
    return taken;
  }

  String provider() {
    return provider;
  }

  void provider(String chosen) {
    provider = chosen;
  }

  Map<String, Object> row() {
    return row;
  }

  ClaimQuotas quotas() {
    return quotas;
  }

  /** From now on whatever happens to it leads to its end. */
  void begins() {
    isUnderWay = true;
  }

  boolean isUnderWay() {
    return isUnderWay;
  }

  /** True the first time only. */
  boolean end() {
    return hasEnded.compareAndSet(false, true);
  }
}
