package com.callback.messaging.platform.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/** A request whose body has been read; to all that comes after the reading it has just begun. */
final class RequestWithBody extends HttpServletRequestWrapper {

  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]*)\"?", Pattern.CASE_INSENSITIVE);

  private boolean waitedForOthers;
  private Bytes body;

  RequestWithBody(HttpServletRequest request) {
    super(request);
  }

  /** That a request waited for its body is nobody's business: filters would let it pass unseen. */
  @Override
  public DispatcherType getDispatcherType() {
    var type = super.getDispatcherType();
    return type == DispatcherType.ASYNC && !waitedForOthers ? DispatcherType.REQUEST : type;
  }

  @Override
  public AsyncContext startAsync() {
    waitedForOthers = true;
    return super.startAsync();
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
    waitedForOthers = true;
    return super.startAsync(request, response);
  }

  @Override
  public ServletInputStream getInputStream() {
    if (body == null) {
      body = new Bytes(BodyLimit.bodyOf(this));
    }
    return body;
  }

  /** Without a charset that nobody knows: frameworks refuse it, and the body can be read. */
  @Override
  public String getContentType() {
    var type = super.getContentType();
    if (type == null) {
      return null;
    }
    var charset = CHARSET.matcher(type);
    return charset.find() && !isKnown(charset.group(1)) ? charset.replaceAll("") : type;
  }

  @Override
  public String getHeader(String name) {
    return HttpHeaders.CONTENT_TYPE.equalsIgnoreCase(name)
        ? getContentType()
        : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return HttpHeaders.CONTENT_TYPE.equalsIgnoreCase(name) && getContentType() != null
        ? Collections.enumeration(List.of(getContentType()))
        : super.getHeaders(name);
  }

  private static boolean isKnown(String charset) {
    try {
      return Charset.isSupported(charset);
    } catch (IllegalCharsetNameException e) {
      return false;
    }
  }

  @Override
  public int getContentLength() {
    return -1;
  }

  @Override
  public String getParameter(String name) {
    var values = getParameterMap().get(name);
    return values == null ? null : values[0];
  }

  @Override
  public String[] getParameterValues(String name) {
    return getParameterMap().get(name);
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(getParameterMap().keySet());
  }

  /** The container refuses all of them because of one that is not well formed. */
  @Override
  public Map<String, String[]> getParameterMap() {
    try {
      return super.getParameterMap();
    } catch (IllegalStateException e) {
      return Map.of();
    }
  }

  @Override
  public BufferedReader getReader() {
    return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
  }

  private static final class Bytes extends ServletInputStream {

    private final ByteArrayInputStream bytes;

    Bytes(byte[] body) {
      this.bytes = new ByteArrayInputStream(body);
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return bytes.read(target, offset, length);
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("The body is already read");
    }
  }
}
