package com.callback.messaging.platform.startup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;

/** One mail on its way in, whatever the number of its recipients. */
final class ArrivingMail implements MessageHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ArrivingMail.class);
  private static final int LARGEST_BYTES = 10 << 20;
  private static final int TRY_AGAIN = 451;
  private static final int TOO_LARGE = 552;

  private final Supplier<CaughtMailSink> sink;
  private final List<String> recipients = new ArrayList<>();
  private String from = "";

  ArrivingMail(Supplier<CaughtMailSink> sink) {
    this.sink = sink;
  }

  @Override
  public void from(String from) {
    this.from = from;
  }

  @Override
  public void recipient(String recipient) {
    recipients.add(recipient);
  }

  @Override
  public String data(InputStream data) throws RejectException, IOException {
    byte[] raw = data.readNBytes(LARGEST_BYTES);
    // What is left unread would be taken for commands.
    if (data.transferTo(OutputStream.nullOutputStream()) > 0) {
      throw new RejectException(TOO_LARGE, "The mail catcher takes mails of up to 10 MiB");
    }
    keep(raw);
    return null;
  }

  @Override
  public void done() {}

  private void keep(byte[] raw) throws RejectException {
    CaughtMailSink current = sink.get();
    if (current == null) {
      throw new RejectException(TRY_AGAIN, "The mail catcher is not ready yet");
    }
    try {
      current.keep(from, List.copyOf(recipients), raw);
    } catch (Exception e) {
      // The class says enough here; the message may quote the mail.
      LOG.warn(
          "A caught mail could not be kept ({}); its sender will retry", e.getClass().getName());
      throw new RejectException(TRY_AGAIN, "The mail could not be kept");
    }
  }
}
