package com.callback.messaging.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server that says what a test has it say, at its greeting or to one of the commands. */
public final class SpokenSmtp implements AutoCloseable {

  /** Instead of an answer the connection is closed. */
  public static final String HANG_UP = "";

  private static final Map<String, String> WILLING =
      Map.of(
          "greeting", "220 mail.example ESMTP",
          "EHLO", "250-mail.example\r\n250 AUTH PLAIN LOGIN",
          "HELO", "250 mail.example",
          "AUTH", "235 2.7.0 Welcome",
          "DATA", "354 Go on",
          ".", "250 2.0.0 Taken",
          "QUIT", "221 2.0.0 Bye");

  private final ServerSocket server;
  private final Map<String, String> answers;
  private final List<String> heard = new CopyOnWriteArrayList<>();

  /** What it encrypts with after STARTTLS; null for a server that does not offer it. */
  private final SSLContext startsTls;

  private SpokenSmtp(Map<String, String> answers, ServerSocketFactory sockets, SSLContext startsTls)
      throws IOException {
    this.answers = answers;
    this.startsTls = startsTls;
    this.server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var thread = new Thread(this::accept, "spoken-smtp");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * A server that takes mails, but for this.
   *
   * @param answers by the command, {@code greeting}, or {@code .} for the end of a mail
   */
  public static SpokenSmtp saying(Map<String, String> answers) throws IOException {
    return new SpokenSmtp(answers, ServerSocketFactory.getDefault(), null);
  }

  /** A server that takes mails, encrypted from the first byte, with this certificate. */
  public static SpokenSmtp encrypted(SSLContext certificate) throws IOException {
    return new SpokenSmtp(Map.of(), certificate.getServerSocketFactory(), null);
  }

  /** A server that takes mails, and encrypts with this certificate from STARTTLS on. */
  public static SpokenSmtp startingTls(SSLContext certificate) throws IOException {
    return new SpokenSmtp(
        Map.of(
            "EHLO", "250-mail.example\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN",
            "STARTTLS", "220 2.0.0 Go on"),
        ServerSocketFactory.getDefault(),
        certificate);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** All lines that came. */
  public List<String> heard() {
    return heard;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    while (!server.isClosed()) {
      try (var socket = server.accept()) {
        talk(socket);
      } catch (IOException e) {
        // The caller has heard enough, or the test is over.
      }
    }
  }

  private void talk(Socket socket) throws IOException {
    if (say(socket, "greeting")) {
      listen(socket);
    }
  }

  private void listen(Socket socket) throws IOException {
    var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    var inMail = false;
    for (var line = in.readLine(); line != null; line = in.readLine()) {
      heard.add(line);
      if (inMail && !line.equals(".")) {
        continue;
      }
      var command = inMail ? "." : verb(line);
      inMail = command.equals("DATA") && answer("DATA").startsWith("3");
      // One that refuses EHLO refuses HELO.
      if (!say(socket, command.equals("HELO") && answers.containsKey("EHLO") ? "EHLO" : command)
          || command.equals("QUIT")) {
        return;
      }
      if (command.equals("STARTTLS") && startsTls != null) {
        listen(encrypted(socket));
        return;
      }
    }
  }

  private Socket encrypted(Socket socket) throws IOException {
    var encrypted =
        (SSLSocket) startsTls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
    encrypted.setUseClientMode(false);
    return encrypted;
  }

  private static String verb(String line) {
    return line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
  }

  private boolean say(Socket socket, String at) throws IOException {
    var answer = answer(at);
    if (answer.equals(HANG_UP)) {
      return false;
    }
    socket.getOutputStream().write((answer + "\r\n").getBytes(ISO_8859_1));
    return true;
  }

  private String answer(String at) {
    return answers.getOrDefault(at, WILLING.getOrDefault(at, "250 2.0.0 Fine"));
  }
}
