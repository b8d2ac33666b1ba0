package com.callback.messaging.support;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A DNS server on a port of its own, which knows the TXT, MX and CNAME records that a test gives it
 * (RFC 1035, over UDP). It denies every other name.
 */
public final class DnsServer implements AutoCloseable {

  private static final int TXT = 16;
  private static final int MX = 15;
  private static final int CNAME = 5;
  private static final int NO_SUCH_NAME = 3;
  private static final int SERVER_FAILURE = 2;
  private static final int LONGEST_STRING = 255;

  private final Map<String, List<byte[]>> records = new ConcurrentHashMap<>();
  private final Map<String, String> aliases = new ConcurrentHashMap<>();
  private final Set<String> silent = ConcurrentHashMap.newKeySet();
  private final Set<String> broken = ConcurrentHashMap.newKeySet();
  private final AtomicInteger queries = new AtomicInteger();
  private final DatagramSocket socket;

  public DnsServer() {
    try {
      socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    var thread = new Thread(this::serve, "dns-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** Host and port. */
  public String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** How many queries have come. */
  public int queries() {
    return queries.get();
  }

  /** Adds a TXT record; a long text becomes several strings. */
  public DnsServer txt(String name, String text) {
    return add(
        name,
        TXT,
        out -> {
          for (int i = 0; i < text.length(); i += LONGEST_STRING) {
            var part = text.substring(i, Math.min(text.length(), i + LONGEST_STRING));
            out.writeByte(part.length());
            out.write(part.getBytes(US_ASCII));
          }
        });
  }

  public DnsServer mx(String name, int preference, String host) {
    return add(
        name,
        MX,
        out -> {
          out.writeShort(preference);
          writeName(out, host);
        });
  }

  public DnsServer cname(String name, String target) {
    aliases.put(name, target);
    return this;
  }

  /** Never answers what is asked of a name. */
  public DnsServer silent(String name) {
    silent.add(name);
    return this;
  }

  /** Answers that it cannot tell. */
  public DnsServer broken(String name) {
    broken.add(name);
    return this;
  }

  @Override
  public void close() {
    socket.close();
  }

  private interface Writer {
    void write(DataOutputStream out) throws IOException;
  }

  private DnsServer add(String name, int type, Writer data) {
    records.computeIfAbsent(name + " " + type, key -> new ArrayList<>()).add(bytes(data));
    return this;
  }

  private void serve() {
    var buffer = new byte[512];
    while (!socket.isClosed()) {
      try {
        var packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        queries.incrementAndGet();
        var answer = answer(ByteBuffer.wrap(buffer, 0, packet.getLength()));
        if (answer != null) {
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        // It was closed.
      }
    }
  }

  private byte[] answer(ByteBuffer query) {
    var id = query.getShort(0);
    query.position(12);
    var asked = readName(query);
    var type = query.getShort();
    var alias = aliases.get(asked);
    var name = alias == null ? asked : alias;
    if (silent.contains(asked)) {
      return null;
    }
    var found = records.getOrDefault(name + " " + type, List.of());
    var isKnown =
        alias != null || records.keySet().stream().anyMatch(key -> key.startsWith(name + " "));
    var code = broken.contains(asked) ? SERVER_FAILURE : isKnown ? 0 : NO_SUCH_NAME;
    return bytes(
        out -> {
          out.writeShort(id);
          out.writeShort(0x8180 | code);
          out.writeShort(1);
          out.writeShort(found.size() + (alias == null ? 0 : 1));
          out.writeInt(0);
          writeName(out, asked);
          out.writeShort(type);
          out.writeShort(1);
          if (alias != null) {
            writeRecord(out, asked, CNAME, bytes(data -> writeName(data, alias)));
          }
          for (var data : found) {
            writeRecord(out, name, type, data);
          }
        });
  }

  private static void writeRecord(DataOutputStream out, String name, int type, byte[] data)
      throws IOException {
    writeName(out, name);
    out.writeShort(type);
    out.writeShort(1);
    out.writeInt(60);
    out.writeShort(data.length);
    out.write(data);
  }

  private static String readName(ByteBuffer query) {
    var labels = new ArrayList<String>();
    for (int length = query.get(); length > 0; length = query.get()) {
      var label = new byte[length];
      query.get(label);
      labels.add(new String(label, US_ASCII));
    }
    return String.join(".", labels).toLowerCase(Locale.ROOT);
  }

  private static void writeName(DataOutputStream out, String name) throws IOException {
    for (var label : name.isEmpty() ? new String[0] : name.split("\\.")) {
      out.writeByte(label.length());
      out.write(label.getBytes(US_ASCII));
    }
    out.writeByte(0);
  }

  private static byte[] bytes(Writer writer) {
    var bytes = new ByteArrayOutputStream();
    try {
      writer.write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }
}
