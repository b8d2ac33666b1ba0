package com.callback.messaging.delivery.engine;

import java.util.concurrent.CompletionStage;

/** What requests are authorized with, where that has to be fetched first. */
public interface RequestAuthorization {

  /** The value of the header {@code Authorization}; fails where there is none to be had. */
  CompletionStage<String> header();

  /** The remote server has refused this value: it is given no more. */
  void refused(String header);
}
